package dev.keygate.api.v1alpha1;

/** What to do when the key's name belongs to a soft-deleted key. */
public enum SoftDeletedName {
  /** Stop, and say so. */
  Refuse,
  /** Recover the deleted key and go on with it. */
  Recover
}
