package dev.keygate.evidence.endorsement;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import java.io.ByteArrayInputStream;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;

/**
 * A certificate revocation list (RFC 5280 §5). Parsed, not believed.
 *
 * @param list the list
 */
public record RevocationList(X509CRL list) {

  /** Vendors' lists have some kilobytes to some hundred. */
  public static final int MAX_BYTES = 1024 * 1024;

  private static final String FORMAT = "revocation list";

  /**
   * Reads a list in DER.
   *
   * @throws EvidenceFormatException if it is larger than 1 MiB or anything else
   */
  public static RevocationList parse(Bytes der) throws EvidenceFormatException {
    if (der.size() > MAX_BYTES) {
      throw new EvidenceFormatException(
          FORMAT, 0, "size", "at most " + MAX_BYTES + " bytes", der.size() + " bytes");
    }
    try {
      DerReader.requireOneElement(der.toArray(), FORMAT);
      return new RevocationList(
          (X509CRL)
              CertificateFactory.getInstance("X.509")
                  .generateCRL(new ByteArrayInputStream(der.toArray())));
    } catch (CRLException | CertificateException malformed) {
      throw new EvidenceFormatException(
          FORMAT, 0, "list", "a certificate revocation list", "malformed DER");
    }
  }
}
