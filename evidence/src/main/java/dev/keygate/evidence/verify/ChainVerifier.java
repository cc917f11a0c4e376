package dev.keygate.evidence.verify;

import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.endorsement.EndorsementChain;
import dev.keygate.evidence.endorsement.PinnedRoot;
import dev.keygate.evidence.endorsement.PinnedRoots;
import dev.keygate.evidence.endorsement.VcekExtensions;
import java.security.GeneralSecurityException;
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
  private static final int KEY_CERT_SIGN = 5;

  private final PinnedRoots roots;

  /** A verifier that believes these roots and no others. */
  public ChainVerifier(PinnedRoots roots) {
    this.roots = roots;
  }

  /** Verifies the chain as of {@code now}. */
  public VerifiedChain verify(EndorsementChain chain, Instant now)
      throws EvidenceVerificationException {
    CheckList checks = new CheckList();
    PinnedRoot root =
        roots
            .find(chain.ark().getPublicKey())
            .orElseThrow(
                () ->
                    CheckList.failed(
                        Check.ROOT_PINNED,
                        "a pinned root key",
                        "SPKI SHA-256 " + PinnedRoots.digestOf(chain.ark().getPublicKey()).hex()));
    checks.passed(Check.ROOT_PINNED);
    requireIssuedBy(chain.ark(), chain.ark());
    requireIssuedBy(chain.ask(), chain.ark());
    requireIssuedBy(chain.vcek(), chain.ask());
    checks.passed(Check.CHAIN_SIGNATURE);
    requireRoles(chain);
    checks.passed(Check.CHAIN_ROLES);
    requireValid(chain, now);
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
    for (X509Certificate issuer : List.of(chain.ark(), chain.ask())) {
      boolean[] usage = issuer.getKeyUsage();
      if (issuer.getBasicConstraints() < 0 || usage == null || !usage[KEY_CERT_SIGN]) {
        throw roleFailed("a CA that may sign certificates", issuer);
      }
    }
    if (chain.vcek().getBasicConstraints() >= 0) {
      throw roleFailed("a VCEK that is no CA", chain.vcek());
    }
    if (!VCEK_NAME.equals(CertificateNames.of(chain.vcek()))) {
      throw roleFailed(VCEK_NAME, chain.vcek());
    }
    if (!(chain.vcek().getPublicKey() instanceof ECPublicKey key && P384.isCurveOf(key))) {
      throw roleFailed("a VCEK on P-384", chain.vcek());
    }
    for (X509Certificate each : List.of(chain.ark(), chain.ask(), chain.vcek())) {
      if (each.hasUnsupportedCriticalExtension()) {
        throw roleFailed("no unknown critical extension", each);
      }
    }
  }

  private static void requireValid(EndorsementChain chain, Instant now)
      throws EvidenceVerificationException {
    for (X509Certificate each : List.of(chain.ark(), chain.ask(), chain.vcek())) {
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

  private static VcekExtensions extensionsOf(EndorsementChain chain)
      throws EvidenceVerificationException {
    try {
      return VcekExtensions.parse(chain.vcek());
    } catch (EvidenceFormatException malformed) {
      throw CheckList.failed(
          Check.VCEK_EXTENSIONS, malformed.field() + " " + malformed.expected(), malformed.found());
    }
  }

  private static EvidenceVerificationException roleFailed(
      String expected, X509Certificate certificate) {
    return CheckList.failed(Check.CHAIN_ROLES, expected, CertificateNames.of(certificate));
  }
}
