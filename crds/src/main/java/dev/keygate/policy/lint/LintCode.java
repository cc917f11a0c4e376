package dev.keygate.policy.lint;

/**
 * What a policy is warned of. The constant's name is stable: status, metrics and the runbook say
 * it.
 */
public enum LintCode {
  /** A claim is compared whose value changes without anybody changing what runs. */
  VolatileClaim,
  /** A claim of hardware tokens is asked for among claims of guest tokens. */
  PlatformPathInGuestPolicy,
  /** A claim of guest tokens is asked for among claims of hardware tokens. */
  GuestPathInPlatformPolicy,
  /** A digest is written in upper case; tokens have lower case. */
  UpperCaseHex,
  /** An authority's name does not begin as every issuer's does. */
  AuthorityNotHttps,
  /** One authority's tokens are asked for something else than those of the others. */
  UnevenAuthorities,
  /** Nothing asks that the host may not debug the machine. */
  AdmitsDebug,
  /** A comparison that Key Vault does not evaluate. */
  UnsupportedOperator,
  /** A provider of one's own is trusted whatever its attestation policy says. */
  UnpinnedProviderPolicy,
  /** An authority is named more than once. */
  DuplicateAuthority,
  /** A condition can never be true, or never matters. */
  UnreachableBranch
}
