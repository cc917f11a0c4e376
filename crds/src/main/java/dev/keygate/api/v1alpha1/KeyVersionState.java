package dev.keygate.api.v1alpha1;

/** What a version of a key is for. */
public enum KeyVersionState {
  /** New work uses it. */
  Current,
  /** Still served beside the current one. */
  Overlap,
  /** No longer served. */
  Retired
}
