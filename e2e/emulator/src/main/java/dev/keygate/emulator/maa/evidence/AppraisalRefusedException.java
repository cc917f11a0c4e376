package dev.keygate.emulator.maa.evidence;

import dev.keygate.evidence.verify.EvidenceVerificationException;

/** Evidence fails a check. The caller is told that much, the decision log which check. */
public final class AppraisalRefusedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String check;
  private final String detail;

  /**
   * @param check the check that failed
   * @param detail what was expected and found
   */
  public AppraisalRefusedException(String check, String detail) {
    super(check + ": " + detail);
    this.check = check;
    this.detail = detail;
  }

  /** A failed check of the evidence itself. */
  public static AppraisalRefusedException of(EvidenceVerificationException failure) {
    return new AppraisalRefusedException(
        failure.check().name(), "expected " + failure.expected() + ", found " + failure.found());
  }

  /** The check that failed. */
  public String check() {
    return check;
  }

  /** What was expected and found. */
  public String detail() {
    return detail;
  }
}
