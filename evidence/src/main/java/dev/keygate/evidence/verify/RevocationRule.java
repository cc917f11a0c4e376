package dev.keygate.evidence.verify;

import dev.keygate.evidence.endorsement.EndorsementChain;
import dev.keygate.evidence.endorsement.PckChain;
import dev.keygate.evidence.endorsement.PckRevocationLists;
import dev.keygate.evidence.endorsement.RevocationList;
import java.security.GeneralSecurityException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Date;
import java.util.Set;

/** A certificate is not on the list of its issuer (RFC 5280 §6.3.3), and the list is believed. */
final class RevocationRule {

  private static final int CRL_SIGN = 6;

  private RevocationRule() {}

  static void requireNotRevoked(PckChain chain, PckRevocationLists lists, Instant now)
      throws EvidenceVerificationException {
    requireBelieved(lists.ofRoot(), chain.root(), now);
    requireNotListed(chain.ca(), lists.ofRoot());
    requireBelieved(lists.ofCa(), chain.ca(), now);
    requireNotListed(chain.pck(), lists.ofCa());
  }

  /**
   * AMD's root lists the issuers below it. No list names a single chip: all endorsement keys have
   * the serial number 0, and are replaced by raising the TCB.
   */
  static void requireNotRevoked(EndorsementChain chain, RevocationList ofRoot, Instant now)
      throws EvidenceVerificationException {
    requireBelieved(ofRoot, chain.root(), now);
    requireNotListed(chain.intermediate(), ofRoot);
    requireNotListed(chain.root(), ofRoot);
  }

  private static void requireBelieved(RevocationList list, X509Certificate issuer, Instant now)
      throws EvidenceVerificationException {
    requireIssuedBy(list.list(), issuer);
    requireCurrent(list.list(), now);
  }

  private static void requireNotListed(X509Certificate certificate, RevocationList listOfIssuer)
      throws EvidenceVerificationException {
    X509CRL list = listOfIssuer.list();
    if (list.getRevokedCertificate(certificate) != null) {
      throw failed(
          CertificateNames.of(certificate) + " not revoked",
          "serial number " + certificate.getSerialNumber().toString(16) + " on its issuer's list");
    }
  }

  private static void requireIssuedBy(X509CRL list, X509Certificate issuer)
      throws EvidenceVerificationException {
    String issuerName = CertificateNames.of(issuer);
    if (!list.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
      throw failed("the list of " + issuerName, "of " + list.getIssuerX500Principal().getName());
    }
    boolean[] usage = issuer.getKeyUsage();
    if (usage == null || !usage[CRL_SIGN]) {
      throw failed(issuerName + " allowed to sign lists", "a key usage without");
    }
    requireAlgorithm(list, issuer);
    try {
      list.verify(issuer.getPublicKey());
    } catch (GeneralSecurityException refused) {
      throw failed("a list signed by " + issuerName, "a signature that does not verify");
    }
    requireWhole(list);
  }

  /** A critical extension says that the list covers less than all of its issuer's certificates. */
  private static void requireWhole(X509CRL list) throws EvidenceVerificationException {
    Set<String> critical = list.getCriticalExtensionOIDs();
    if (critical != null && !critical.isEmpty()) {
      throw failed("a list without critical extensions", critical.toString());
    }
  }

  /** AMD's roots have RSA keys, Intel's have keys on P-256; each signs in one way only. */
  private static void requireAlgorithm(X509CRL list, X509Certificate issuer)
      throws EvidenceVerificationException {
    boolean rsa = issuer.getPublicKey() instanceof RSAPublicKey;
    boolean expected = rsa ? PssSignature.isUsedBy(list) : EcdsaRule.isUsedBy(list.getSigAlgOID());
    if (!expected) {
      String name = rsa ? PssSignature.NAME : EcdsaRule.NAME;
      throw failed("a list signed with " + name, list.getSigAlgName());
    }
  }

  /** A list that names no next update could be any age, so it is refused. */
  private static void requireCurrent(X509CRL list, Instant now)
      throws EvidenceVerificationException {
    Instant from = list.getThisUpdate().toInstant();
    Date until = list.getNextUpdate();
    if (until == null || now.isBefore(from) || now.isAfter(until.toInstant())) {
      throw failed(
          "a list that is current at " + now,
          "from " + from + (until == null ? "" : " until " + until.toInstant()));
    }
  }

  private static EvidenceVerificationException failed(String expected, String found) {
    return CheckList.failed(Check.CHAIN_REVOCATION, expected, found);
  }
}
