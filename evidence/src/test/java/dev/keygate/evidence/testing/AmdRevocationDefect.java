package dev.keygate.evidence.testing;

/** What can be wrong with AMD's revocation list, or be said by it. */
public enum AmdRevocationDefect {
  /** Nothing: it revokes nothing. */
  NONE,
  /** It revokes the ASK. */
  ASK_REVOKED,
  /** It revokes the ASVK. */
  ASVK_REVOKED,
  /** It revokes the root. */
  ROOT_REVOKED,
  /** It ended a day after it was issued. */
  EXPIRED,
  /** It starts ten years after the root. */
  NOT_YET_VALID,
  /** It does not say when the next one comes. */
  WITHOUT_NEXT_UPDATE,
  /** It names another issuer than the root. */
  OTHER_ISSUER_NAME,
  /** It names the root as its issuer, but the ASK signed it. */
  SIGNED_BY_ASK,
  /** It is signed with RSASSA-PSS and SHA-256. */
  SIGNED_WITH_SHA256,
  /** It says, as a critical extension, that it holds only part of what is revoked. */
  PARTIAL
}
