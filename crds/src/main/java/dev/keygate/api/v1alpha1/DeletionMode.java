package dev.keygate.api.v1alpha1;

/** What happens to the key when its object is deleted. */
public enum DeletionMode {
  /** It stays in the vault. */
  Retain,
  /** It is deleted, and can be recovered for as long as the vault keeps it. */
  SoftDelete
}
