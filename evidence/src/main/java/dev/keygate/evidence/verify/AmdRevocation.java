package dev.keygate.evidence.verify;

import dev.keygate.evidence.endorsement.EndorsementChain;
import dev.keygate.evidence.endorsement.RevocationList;
import dev.keygate.evidence.verify.SnpExpectations.Waiver;
import java.security.GeneralSecurityException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.Set;

/**
 * Whether the root has revoked the intermediate or itself (RFC 5280 §6.3.3). AMD revokes no single
 * chip: endorsement keys all have serial number 0, and are replaced by raising the TCB.
 */
final class AmdRevocation {

  private static final int CRL_SIGN = 6;

  private AmdRevocation() {}

  /** Remembers the check only if there was a list to check. */
  static void verify(EndorsementChain chain, Waiver missingList, Instant now, CheckList checks)
      throws EvidenceVerificationException {
    RevocationList list = chain.revocations().orElse(null);
    if (list == null) {
      if (missingList == Waiver.REFUSED) {
        throw failed("a revocation list of " + CertificateNames.of(chain.root()), "none at hand");
      }
      return;
    }
    requireSignature(list.list(), chain.root());
    requireCurrent(list.list(), now);
    for (X509Certificate each : new X509Certificate[] {chain.intermediate(), chain.root()}) {
      if (list.list().getRevokedCertificate(each.getSerialNumber()) != null) {
        throw failed(
            CertificateNames.of(each) + " not revoked",
            "serial number 0x" + each.getSerialNumber().toString(16) + " in the list");
      }
    }
    checks.passed(Check.CHAIN_REVOCATION);
  }

  private static void requireSignature(X509CRL list, X509Certificate root)
      throws EvidenceVerificationException {
    String issuer = CertificateNames.of(root);
    if (!list.getIssuerX500Principal().equals(root.getSubjectX500Principal())) {
      throw failed(
          "a revocation list of " + issuer, "one of " + list.getIssuerX500Principal().getName());
    }
    boolean[] usage = root.getKeyUsage();
    if (usage == null || !usage[CRL_SIGN]) {
      throw failed(issuer + " to sign revocation lists", "a key usage without cRLSign");
    }
    if (!PssSignature.isUsedBy(list)) {
      throw failed("a list signed with RSASSA-PSS, SHA-384, salt 48", list.getSigAlgName());
    }
    try {
      list.verify(root.getPublicKey());
    } catch (GeneralSecurityException refused) {
      throw failed("a list signed by " + issuer, "a signature that does not verify");
    }
  }

  /** A critical extension says that the list covers less than all of its issuer's certificates. */
  private static void requireCurrent(X509CRL list, Instant now)
      throws EvidenceVerificationException {
    Set<String> critical = list.getCriticalExtensionOIDs();
    if (critical != null && !critical.isEmpty()) {
      throw failed("a list without critical extensions", critical.toString());
    }
    Instant from = list.getThisUpdate().toInstant();
    Date until = list.getNextUpdate();
    if (until == null || now.isBefore(from) || now.isAfter(until.toInstant())) {
      String end = until == null ? "nowhere" : until.toInstant().toString();
      throw failed("a list that holds at " + now, "one from " + from + " until " + end);
    }
  }

  private static EvidenceVerificationException failed(String expected, String found) {
    return CheckList.failed(Check.CHAIN_REVOCATION, expected, found);
  }
}
