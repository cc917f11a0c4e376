package dev.keygate.evidence.verify;

import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.endorsement.EndorsementChain;
import dev.keygate.evidence.endorsement.KeyExtensions;
import dev.keygate.evidence.endorsement.PinnedRoot;
import dev.keygate.evidence.endorsement.PinnedRoots;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.List;

/**
 * Believes a chain VCEK, ASK, ARK or VLEK, ASVK, ARK, or says which check fails. Safe for use by
 * several threads.
 */
public final class ChainVerifier {

  private static final String VCEK_NAME = "SEV-VCEK";
  private static final String VLEK_NAME = "SEV-VLEK";
  private static final String ASK_NAME = "SEV-";
  private static final String ASVK_NAME = "SEV-VLEK-";
  private static final String ARK_NAME = "ARK-";

  private final PinnedRoots roots;

  /** A verifier that believes these roots and no others. */
  public ChainVerifier(PinnedRoots roots) {
    this.roots = roots;
  }

  /** Verifies the chain, and that nothing in it is revoked, as of {@code now}. */
  public VerifiedChain verify(EndorsementChain chain, Instant now)
      throws EvidenceVerificationException {
    return verify(chain, SnpExpectations.strict(), now);
  }

  /**
   * The same, but a chain is believed without a revocation list: a signing key that AMD has revoked
   * is then not noticed. A list at hand still counts.
   */
  public VerifiedChain verifyAcceptingMissingRevocationLists(EndorsementChain chain, Instant now)
      throws EvidenceVerificationException {
    return verify(chain, SnpExpectations.strict().acceptMissingRevocationLists(), now);
  }

  VerifiedChain verify(EndorsementChain chain, SnpExpectations expectations, Instant now)
      throws EvidenceVerificationException {
    CheckList checks = new CheckList();
    PinnedRoot root = RootRule.requirePinned(roots, chain.root());
    checks.passed(Check.ROOT_PINNED);
    requireIssuedBy(chain.root(), chain.root());
    requireIssuedBy(chain.intermediate(), chain.root());
    requireIssuedBy(chain.endorsementKey(), chain.intermediate());
    checks.passed(Check.CHAIN_SIGNATURE);
    requireRoles(chain);
    checks.passed(Check.CHAIN_ROLES);
    CertificateRules.requireValid(all(chain), now);
    checks.passed(Check.CHAIN_VALIDITY);
    KeyExtensions key = extensionsOf(chain);
    checks.passed(Check.VCEK_EXTENSIONS);
    requireProduct(chain, key, checks);
    requireNotRevoked(chain, expectations, now, checks);
    return new VerifiedChain(chain, root, key, checks.passed());
  }

  private static void requireIssuedBy(X509Certificate certificate, X509Certificate issuer)
      throws EvidenceVerificationException {
    if (!PssSignature.isUsedBy(certificate)) {
      throw CheckList.failed(
          Check.CHAIN_SIGNATURE,
          CertificateNames.of(certificate) + " signed with " + PssSignature.NAME,
          certificate.getSigAlgName());
    }
    CertificateRules.requireIssuedBy(certificate, issuer);
  }

  private static void requireRoles(EndorsementChain chain) throws EvidenceVerificationException {
    CertificateRules.requireIssuer(chain.root());
    CertificateRules.requireIssuer(chain.intermediate());
    X509Certificate key = chain.endorsementKey();
    if (key.getBasicConstraints() >= 0) {
      throw CertificateRules.roleFailed("an endorsement key that is no CA", key);
    }
    String name = CertificateNames.of(key);
    if (!VCEK_NAME.equals(name) && !VLEK_NAME.equals(name)) {
      throw CertificateRules.roleFailed(VCEK_NAME + " or " + VLEK_NAME, key);
    }
    if (!(key.getPublicKey() instanceof ECPublicKey point && P384.isCurveOf(point))) {
      throw CertificateRules.roleFailed("an endorsement key on P-384", key);
    }
    CertificateRules.requireNoUnknownCriticalExtension(all(chain));
  }

  private static List<X509Certificate> all(EndorsementChain chain) {
    return List.of(chain.root(), chain.intermediate(), chain.endorsementKey());
  }

  private static KeyExtensions extensionsOf(EndorsementChain chain)
      throws EvidenceVerificationException {
    X509Certificate key = chain.endorsementKey();
    try {
      return VLEK_NAME.equals(CertificateNames.of(key))
          ? KeyExtensions.ofVlek(key)
          : KeyExtensions.ofVcek(key);
    } catch (EvidenceFormatException malformed) {
      throw CheckList.failed(
          Check.VCEK_EXTENSIONS, malformed.field() + " " + malformed.expected(), malformed.found());
    }
  }

  private static void requireProduct(EndorsementChain chain, KeyExtensions key, CheckList checks)
      throws EvidenceVerificationException {
    String product = key.product().vendorName();
    String intermediate =
        switch (key) {
          case KeyExtensions.Vcek vcek -> ASK_NAME + product;
          case KeyExtensions.Vlek vlek -> ASVK_NAME + product;
        };
    checks.requireEqual(Check.PRODUCT, intermediate, CertificateNames.of(chain.intermediate()));
    checks.requireEqual(Check.PRODUCT, ARK_NAME + product, CertificateNames.of(chain.root()));
  }

  /** Remembers the check only if there was a list to check. */
  private static void requireNotRevoked(
      EndorsementChain chain, SnpExpectations expectations, Instant now, CheckList checks)
      throws EvidenceVerificationException {
    if (chain.revocations().isPresent()) {
      RevocationRule.requireNotRevoked(chain, chain.revocations().get(), now);
      checks.passed(Check.CHAIN_REVOCATION);
    } else if (!expectations.isWaived(SnpWaiver.MISSING_REVOCATION_LISTS)) {
      throw CheckList.failed(
          Check.CHAIN_REVOCATION,
          "a revocation list of " + CertificateNames.of(chain.root()),
          "none at hand");
    }
  }
}
