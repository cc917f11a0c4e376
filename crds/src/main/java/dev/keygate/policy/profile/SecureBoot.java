package dev.keygate.policy.profile;

/** Whether a policy asks for secure boot. */
public enum SecureBoot {
  /** The guest has to have booted with secure boot. */
  REQUIRED,
  /** The policy says nothing about it. */
  NOT_REQUIRED
}
