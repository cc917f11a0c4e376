package dev.keygate.evidence.verify;

/** The one signature algorithm of Intel's certificates and revocation lists (RFC 5758 §3.2). */
final class EcdsaRule {

  static final String NAME = "ECDSA and SHA-256";

  private static final String OID = "1.2.840.10045.4.3.2";

  private EcdsaRule() {}

  static boolean isUsedBy(String signatureAlgorithmOid) {
    return OID.equals(signatureAlgorithmOid);
  }
}
