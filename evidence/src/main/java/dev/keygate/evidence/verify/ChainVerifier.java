package dev.keygate.evidence.verify;

import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.endorsement.EndorsementChain;
import dev.keygate.evidence.endorsement.PinnedRoot;
import dev.keygate.evidence.endorsement.PinnedRoots;
import dev.keygate.evidence.endorsement.VcekExtensions;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.List;

/**
 * Believes a chain VCEK, ASK, ARK or says which check fails. Revocation is not looked at: no
 * revocation list is part of the evidence. Safe for use by several threads.
 */
public final class ChainVerifier {

  private static final String VCEK_NAME = "SEV-VCEK";
  private static final String ASK_NAME = "SEV-";
  private static final String ARK_NAME = "ARK-";

  private final PinnedRoots roots;

  /** A verifier that believes these roots and no others. */
  public ChainVerifier(PinnedRoots roots) {
    this.roots = roots;
  }

  /** Verifies the chain as of {@code now}. */
  public VerifiedChain verify(EndorsementChain chain, Instant now)
      throws EvidenceVerificationException {
    CheckList checks = new CheckList();
    PinnedRoot root = RootRule.requirePinned(roots, chain.ark());
    checks.passed(Check.ROOT_PINNED);
    requireIssuedBy(chain.ark(), chain.ark());
    requireIssuedBy(chain.ask(), chain.ark());
    requireIssuedBy(chain.vcek(), chain.ask());
    checks.passed(Check.CHAIN_SIGNATURE);
    requireRoles(chain);
    checks.passed(Check.CHAIN_ROLES);
    CertificateRules.requireValid(all(chain), now);
    checks.passed(Check.CHAIN_VALIDITY);
    VcekExtensions vcek = extensionsOf(chain);
    checks.passed(Check.VCEK_EXTENSIONS);
    String product = vcek.product().vendorName();
    checks.requireEqual(Check.PRODUCT, ASK_NAME + product, CertificateNames.of(chain.ask()));
    checks.requireEqual(Check.PRODUCT, ARK_NAME + product, CertificateNames.of(chain.ark()));
    return new VerifiedChain(chain, root, vcek, checks.passed());
  }

  private static void requireIssuedBy(X509Certificate certificate, X509Certificate issuer)
      throws EvidenceVerificationException {
    if (!PssSignature.isUsedBy(certificate)) {
      throw CheckList.failed(
          Check.CHAIN_SIGNATURE,
          CertificateNames.of(certificate) + " signed with RSASSA-PSS, SHA-384, salt 48",
          certificate.getSigAlgName());
    }
    CertificateRules.requireIssuedBy(certificate, issuer);
  }

  private static void requireRoles(EndorsementChain chain) throws EvidenceVerificationException {
    CertificateRules.requireIssuer(chain.ark());
    CertificateRules.requireIssuer(chain.ask());
    X509Certificate vcek = chain.vcek();
    if (vcek.getBasicConstraints() >= 0) {
      throw CertificateRules.roleFailed("a VCEK that is no CA", vcek);
    }
    if (!VCEK_NAME.equals(CertificateNames.of(vcek))) {
      throw CertificateRules.roleFailed(VCEK_NAME, vcek);
    }
    if (!(vcek.getPublicKey() instanceof ECPublicKey key && P384.isCurveOf(key))) {
      throw CertificateRules.roleFailed("a VCEK on P-384", vcek);
    }
    CertificateRules.requireNoUnknownCriticalExtension(all(chain));
  }

  private static List<X509Certificate> all(EndorsementChain chain) {
    return List.of(chain.ark(), chain.ask(), chain.vcek());
  }

  private static VcekExtensions extensionsOf(EndorsementChain chain)
      throws EvidenceVerificationException {
    try {
      return VcekExtensions.parse(chain.vcek());
    } catch (EvidenceFormatException malformed) {
      throw CheckList.failed(
          Check.VCEK_EXTENSIONS, malformed.field() + " " + malformed.expected(), malformed.found());
    }
  }
}
