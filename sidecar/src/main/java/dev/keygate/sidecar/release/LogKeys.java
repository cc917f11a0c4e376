package dev.keygate.sidecar.release;

/** The keys of what is logged, spelled once. */
final class LogKeys {

  static final String KEY = "key";
  static final String NAME = "name";
  static final String REASON = "reason";
  static final String MESSAGE = "message";
  static final String AUTHORITY = "authority";
  static final String POLICY_DIGEST = "policyDigest";
  static final String TOKEN_ID_HASH = "tokenIdHash";
  static final String VAULT_REQUEST_ID = "vaultRequestId";

  private LogKeys() {}
}
