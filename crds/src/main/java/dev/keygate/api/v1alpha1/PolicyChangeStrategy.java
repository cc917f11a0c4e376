package dev.keygate.api.v1alpha1;

/** Ways to change the release policy of a key that is in use. */
public enum PolicyChangeStrategy {
  /** Write the new policy at once. */
  Replace
}
