package dev.keygate.evidence.endorsement;

import dev.keygate.evidence.bytes.EvidenceFormatException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * The three certificates that endorse an SNP report, in the order in which the host's certificate
 * service and Azure Attestation have them, and what can revoke them where it is at hand. Parsed,
 * not believed.
 *
 * @param endorsementKey the key that signs reports: a VCEK (of a chip) or a VLEK (of a provider)
 * @param intermediate the AMD signing key of that kind of key: ASK for a VCEK, ASVK for a VLEK
 * @param root the AMD root key (ARK), which signs itself and the intermediate
 * @param revocations the list that the root issues; empty where it is not at hand
 */
public record EndorsementChain(
    X509Certificate endorsementKey,
    X509Certificate intermediate,
    X509Certificate root,
    Optional<RevocationList> revocations) {

  private static final int CERTIFICATES = 3;

  /**
   * Reads VCEK, ASK and ARK, or VLEK, ASVK and ARK, in PEM, in this order, with nothing but white
   * space around them.
   *
   * @throws EvidenceFormatException if the text is longer than 64 Ki characters or holds anything
   *     else
   */
  public static EndorsementChain parsePem(String pem) throws EvidenceFormatException {
    List<X509Certificate> chain = PemCertificates.parse(pem, CERTIFICATES);
    return new EndorsementChain(chain.get(0), chain.get(1), chain.get(2), Optional.empty());
  }

  /** The same certificates with the list that may revoke them. */
  public EndorsementChain with(RevocationList list) {
    return new EndorsementChain(endorsementKey, intermediate, root, Optional.of(list));
  }
}
