package dev.keygate.evidence.testing;

/** What can be wrong with the lists that revoke a PCK chain, or stand on them. */
public enum PckRevocationDefect {
  /** Nothing. */
  NONE,
  /** Not a defect: the PCK of another platform is revoked. */
  OTHER_PCK_REVOKED,
  /** The PCK is revoked. */
  PCK_REVOKED,
  /** The CA is revoked. */
  CA_REVOKED,
  /** The CA's list ended an hour ago. */
  LIST_EXPIRED,
  /** The root's list ended an hour ago. */
  ROOT_LIST_EXPIRED,
  /** The CA's list starts in an hour. */
  LIST_NOT_YET_VALID,
  /** The CA's list does not say when it ends. */
  LIST_WITHOUT_NEXT_UPDATE,
  /** The CA's list is signed with another key. */
  LIST_SIGNED_BY_OTHER_KEY,
  /** The CA's list is signed with ECDSA and SHA-384. */
  LIST_SIGNED_WITH_SHA384,
  /** The CA's list has a critical extension that nobody knows. */
  LIST_WITH_UNKNOWN_CRITICAL_EXTENSION,
  /** The CA's list says, as a critical extension, that it holds only part of what is revoked. */
  LIST_PARTIAL,
  /** Each list is given for the other. */
  LISTS_SWAPPED
}
