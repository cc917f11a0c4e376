package dev.keygate.api.v1alpha1;

/** Whether a template asks for secure boot. */
public enum ProfileSecureBoot {
  /** The VM must have booted with secure boot. */
  Required,
  /** The policy does not ask. */
  NotRequired
}
