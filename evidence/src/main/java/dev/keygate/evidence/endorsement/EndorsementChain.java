package dev.keygate.evidence.endorsement;

import dev.keygate.evidence.bytes.EvidenceFormatException;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * The three certificates that endorse an SNP report, in the order in which the host's certificate
 * service and Azure Attestation have them. Parsed, not believed.
 *
 * @param vcek the versioned chip endorsement key, which signs reports
 * @param ask the AMD signing key, which signs the VCEK
 * @param ark the AMD root key, which signs itself and the ASK
 */
public record EndorsementChain(X509Certificate vcek, X509Certificate ask, X509Certificate ark) {

  private static final int CERTIFICATES = 3;

  /**
   * Reads VCEK, ASK and ARK in PEM, in this order, with nothing but white space around them.
   *
   * @throws EvidenceFormatException if the text is longer than 64 Ki characters or holds anything
   *     else
   */
  public static EndorsementChain parsePem(String pem) throws EvidenceFormatException {
    List<X509Certificate> chain = PemCertificates.parse(pem, CERTIFICATES);
    return new EndorsementChain(chain.get(0), chain.get(1), chain.get(2));
  }
}
