package dev.keygate.emulator.keyvault.crypto;

import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;

/** The digests that callers sign. */
enum Sha {
  SHA_256(32, "2.16.840.1.101.3.4.2.1"),
  SHA_384(48, "2.16.840.1.101.3.4.2.2"),
  SHA_512(64, "2.16.840.1.101.3.4.2.3");

  private final int bytes;
  private final String identifier;

  Sha(int bytes, String identifier) {
    this.bytes = bytes;
    this.identifier = identifier;
  }

  int bytes() {
    return bytes;
  }

  ASN1ObjectIdentifier identifier() {
    return new ASN1ObjectIdentifier(identifier);
  }

  Digest engine() {
    return switch (this) {
      case SHA_256 -> new SHA256Digest();
      case SHA_384 -> new SHA384Digest();
      case SHA_512 -> new SHA512Digest();
    };
  }
}
