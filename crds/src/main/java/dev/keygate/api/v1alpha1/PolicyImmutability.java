package dev.keygate.api.v1alpha1;

/** Whether a vault shall accept another release policy later. */
public enum PolicyImmutability {
  /** It shall. */
  Mutable,
  /** Never again. */
  Immutable
}
