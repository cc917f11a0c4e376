package dev.keygate.evidence.endorsement;

import dev.keygate.evidence.bytes.EvidenceFormatException;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * The three certificates that endorse the quoting enclave of an Intel platform, in the order in
 * which a quote carries them. Parsed, not believed.
 *
 * @param pck the provisioning certification key of the platform at a TCB, which signs QE reports
 * @param ca the platform or processor CA, which signs the PCK certificate
 * @param root the SGX root, which signs itself and the CA
 */
public record PckChain(X509Certificate pck, X509Certificate ca, X509Certificate root) {

  private static final int CERTIFICATES = 3;

  /**
   * Reads PCK certificate, CA and root in PEM, in this order, with nothing but white space around
   * them.
   *
   * @throws EvidenceFormatException if the text is longer than 64 Ki characters or holds anything
   *     else
   */
  public static PckChain parsePem(String pem) throws EvidenceFormatException {
    List<X509Certificate> chain = PemCertificates.parse(pem, CERTIFICATES);
    return new PckChain(chain.get(0), chain.get(1), chain.get(2));
  }
}
