package dev.keygate.sidecar;

import dev.keygate.failure.Reason;

/** What the process's exit status says. */
enum ExitCode {
  /** Done. */
  OK(0),
  /** A defect of ours. */
  DEFECT(1),
  /** Settings or arguments are wrong. */
  SETTINGS(2),
  /** There is no TPM, or the machine is no confidential VM. */
  NO_TEE(3),
  /** Somebody has to change something. */
  REFUSED(4),
  /** A service did not answer; the same may succeed later. */
  UNAVAILABLE(5);

  private final int status;

  ExitCode(int status) {
    this.status = status;
  }

  int status() {
    return status;
  }

  static ExitCode of(Reason reason) {
    return switch (reason) {
      case SettingsInvalid -> SETTINGS;
      case TpmNotFound, NotConfidentialVm -> NO_TEE;
      default -> reason.kind() == Reason.Kind.UNAVAILABLE ? UNAVAILABLE : REFUSED;
    };
  }
}
