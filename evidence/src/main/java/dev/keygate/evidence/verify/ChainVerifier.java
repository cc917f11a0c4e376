package dev.keygate.evidence.verify;

import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.endorsement.EndorsementChain;
import dev.keygate.evidence.endorsement.KeyExtensions;
import dev.keygate.evidence.endorsement.PinnedRoot;
import dev.keygate.evidence.endorsement.PinnedRoots;
import dev.keygate.evidence.verify.SnpExpectations.Waiver;
import java.security.GeneralSecurityException;
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
  private static final int KEY_CERT_SIGN = 5;

  private final PinnedRoots roots;

  /** A verifier that believes these roots and no others. */
  public ChainVerifier(PinnedRoots roots) {
    this.roots = roots;
  }

  /** Verifies the chain, and that nothing in it is revoked, as of {@code now}. */
  public VerifiedChain verify(EndorsementChain chain, Instant now)
      throws EvidenceVerificationException {
    return verify(chain, Waiver.REFUSED, now);
  }

  /**
   * The same, but a chain without a revocation list is believed: a signing key that AMD has revoked
   * is then not noticed.
   */
  public VerifiedChain verifyAcceptingMissingRevocationList(EndorsementChain chain, Instant now)
      throws EvidenceVerificationException {
    return verify(chain, Waiver.ALLOWED, now);
  }

  VerifiedChain verify(EndorsementChain chain, Waiver missingRevocationList, Instant now)
      throws EvidenceVerificationException {
    CheckList checks = new CheckList();
    PinnedRoot root = pinnedRoot(chain);
    checks.passed(Check.ROOT_PINNED);
    requireIssuedBy(chain.root(), chain.root());
    requireIssuedBy(chain.intermediate(), chain.root());
    requireIssuedBy(chain.endorsementKey(), chain.intermediate());
    checks.passed(Check.CHAIN_SIGNATURE);
    requireRoles(chain);
    checks.passed(Check.CHAIN_ROLES);
    requireValid(chain, now);
    checks.passed(Check.CHAIN_VALIDITY);
    KeyExtensions key = extensionsOf(chain);
    checks.passed(Check.VCEK_EXTENSIONS);
    requireProduct(chain, key, checks);
    AmdRevocation.verify(chain, missingRevocationList, now, checks);
    return new VerifiedChain(chain, root, key, checks.passed());
  }

  private PinnedRoot pinnedRoot(EndorsementChain chain) throws EvidenceVerificationException {
    return roots
        .find(chain.root().getPublicKey())
        .orElseThrow(
            () ->
                CheckList.failed(
                    Check.ROOT_PINNED,
                    "a pinned root key",
                    "SPKI SHA-256 " + PinnedRoots.digestOf(chain.root().getPublicKey()).hex()));
  }

  private static void requireIssuedBy(X509Certificate certificate, X509Certificate issuer)
      throws EvidenceVerificationException {
    String subject = CertificateNames.of(certificate);
    if (!certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
      throw CheckList.failed(
          Check.CHAIN_SIGNATURE,
          subject + " issued by " + CertificateNames.of(issuer),
          certificate.getIssuerX500Principal().getName());
    }
    if (!PssSignature.isUsedBy(certificate)) {
      throw CheckList.failed(
          Check.CHAIN_SIGNATURE,
          subject + " signed with RSASSA-PSS, SHA-384, salt 48",
          certificate.getSigAlgName());
    }
    try {
      certificate.verify(issuer.getPublicKey());
    } catch (GeneralSecurityException refused) {
      throw CheckList.failed(
          Check.CHAIN_SIGNATURE,
          subject + " signed by " + CertificateNames.of(issuer),
          "a signature that does not verify");
    }
  }

  private static void requireRoles(EndorsementChain chain) throws EvidenceVerificationException {
    for (X509Certificate issuer : List.of(chain.root(), chain.intermediate())) {
      boolean[] usage = issuer.getKeyUsage();
      if (issuer.getBasicConstraints() < 0 || usage == null || !usage[KEY_CERT_SIGN]) {
        throw roleFailed("a CA that may sign certificates", issuer);
      }
    }
    X509Certificate key = chain.endorsementKey();
    if (key.getBasicConstraints() >= 0) {
      throw roleFailed("an endorsement key that is no CA", key);
    }
    String name = CertificateNames.of(key);
    if (!VCEK_NAME.equals(name) && !VLEK_NAME.equals(name)) {
      throw roleFailed(VCEK_NAME + " or " + VLEK_NAME, key);
    }
    if (!(key.getPublicKey() instanceof ECPublicKey point && P384.isCurveOf(point))) {
      throw roleFailed("an endorsement key on P-384", key);
    }
    for (X509Certificate each : List.of(chain.root(), chain.intermediate(), key)) {
      if (each.hasUnsupportedCriticalExtension()) {
        throw roleFailed("no unknown critical extension", each);
      }
    }
  }

  private static void requireValid(EndorsementChain chain, Instant now)
      throws EvidenceVerificationException {
    for (X509Certificate each :
        List.of(chain.root(), chain.intermediate(), chain.endorsementKey())) {
      Instant from = each.getNotBefore().toInstant();
      Instant until = each.getNotAfter().toInstant();
      if (now.isBefore(from) || now.isAfter(until)) {
        throw CheckList.failed(
            Check.CHAIN_VALIDITY,
            CertificateNames.of(each) + " valid from " + from + " until " + until,
            now.toString());
      }
    }
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

  private static EvidenceVerificationException roleFailed(
      String expected, X509Certificate certificate) {
    return CheckList.failed(Check.CHAIN_ROLES, expected, CertificateNames.of(certificate));
  }
}
