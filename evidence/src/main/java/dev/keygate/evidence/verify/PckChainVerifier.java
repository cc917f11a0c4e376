package dev.keygate.evidence.verify;

import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.endorsement.PckChain;
import dev.keygate.evidence.endorsement.PckExtensions;
import dev.keygate.evidence.endorsement.PinnedRoot;
import dev.keygate.evidence.endorsement.PinnedRoots;
import dev.keygate.evidence.tdx.P256;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Believes a chain PCK, CA, SGX root or says which check fails. Whether one of them is revoked is
 * looked at in {@link TdQuoteVerifier}. Safe for use by several threads.
 */
public final class PckChainVerifier {

  private static final String PCK_NAME = "Intel SGX PCK Certificate";
  private static final String ROOT_NAME = "Intel SGX Root CA";

  /** Platforms of several packages register with the first, single ones may have either. */
  private static final Set<String> CA_NAMES =
      Set.of("Intel SGX PCK Platform CA", "Intel SGX PCK Processor CA");

  private final PinnedRoots roots;

  /** A verifier that believes these roots and no others. */
  public PckChainVerifier(PinnedRoots roots) {
    this.roots = roots;
  }

  /** Verifies the chain as of {@code now}. */
  public VerifiedPckChain verify(PckChain chain, Instant now) throws EvidenceVerificationException {
    CheckList checks = new CheckList();
    PinnedRoot root = RootRule.requirePinned(roots, chain.root());
    checks.passed(Check.ROOT_PINNED);
    requireIssuedBy(chain.root(), chain.root());
    requireIssuedBy(chain.ca(), chain.root());
    requireIssuedBy(chain.pck(), chain.ca());
    checks.passed(Check.CHAIN_SIGNATURE);
    requireRoles(chain);
    checks.passed(Check.CHAIN_ROLES);
    CertificateRules.requireValid(all(chain), now);
    checks.passed(Check.CHAIN_VALIDITY);
    PckExtensions pck = extensionsOf(chain);
    checks.passed(Check.PCK_EXTENSIONS);
    return new VerifiedPckChain(chain, root, pck, checks.passed());
  }

  private static void requireIssuedBy(X509Certificate certificate, X509Certificate issuer)
      throws EvidenceVerificationException {
    if (!EcdsaRule.isUsedBy(certificate.getSigAlgOID())) {
      throw CheckList.failed(
          Check.CHAIN_SIGNATURE,
          CertificateNames.of(certificate) + " signed with " + EcdsaRule.NAME,
          certificate.getSigAlgName());
    }
    CertificateRules.requireIssuedBy(certificate, issuer);
  }

  private static void requireRoles(PckChain chain) throws EvidenceVerificationException {
    CertificateRules.requireIssuer(chain.root());
    CertificateRules.requireIssuer(chain.ca());
    if (chain.pck().getBasicConstraints() >= 0) {
      throw CertificateRules.roleFailed("a PCK that is no CA", chain.pck());
    }
    if (!ROOT_NAME.equals(CertificateNames.of(chain.root()))) {
      throw CertificateRules.roleFailed(ROOT_NAME, chain.root());
    }
    if (!CA_NAMES.contains(CertificateNames.of(chain.ca()))) {
      throw CertificateRules.roleFailed("one of " + CA_NAMES, chain.ca());
    }
    if (!PCK_NAME.equals(CertificateNames.of(chain.pck()))) {
      throw CertificateRules.roleFailed(PCK_NAME, chain.pck());
    }
    if (!(chain.pck().getPublicKey() instanceof ECPublicKey key && P256.isCurveOf(key))) {
      throw CertificateRules.roleFailed("a PCK on P-256", chain.pck());
    }
    CertificateRules.requireNoUnknownCriticalExtension(all(chain));
  }

  private static List<X509Certificate> all(PckChain chain) {
    return List.of(chain.root(), chain.ca(), chain.pck());
  }

  private static PckExtensions extensionsOf(PckChain chain) throws EvidenceVerificationException {
    try {
      return PckExtensions.parse(chain.pck());
    } catch (EvidenceFormatException malformed) {
      throw CheckList.failed(
          Check.PCK_EXTENSIONS, malformed.field() + " " + malformed.expected(), malformed.found());
    }
  }
}
