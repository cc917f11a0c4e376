package dev.keygate.emulator.maa;

/** Evidence fails a check. The caller is told that much, the decision log which check. */
final class AppraisalRefusedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String check;
  private final String detail;

  AppraisalRefusedException(String check, String detail) {
    super(check + ": " + detail);
    this.check = check;
    this.detail = detail;
  }

  String check() {
    return check;
  }

  String detail() {
    return detail;
  }
}
