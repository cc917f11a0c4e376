package dev.keygate.evidence.tpm.command;

/** The result of a command that returns nothing but its success. */
public enum NoResult {
  DONE
}
