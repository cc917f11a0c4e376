package dev.keygate.evidence.testing;

import dev.keygate.evidence.bytes.Bytes;
import java.io.IOException;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Object;

/** Encodes what the software platform puts into certificates. */
final class SoftwareDer {

  private SoftwareDer() {}

  static Bytes of(ASN1Object value) {
    try {
      return Bytes.copyOf(value.getEncoded(ASN1Encoding.DER));
    } catch (IOException malformed) {
      throw new IllegalStateException("an extension of the software platform", malformed);
    }
  }
}
