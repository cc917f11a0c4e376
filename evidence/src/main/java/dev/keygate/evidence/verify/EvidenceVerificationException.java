package dev.keygate.evidence.verify;

/** Evidence that is not believed: the first check that failed, with what was expected and found. */
public final class EvidenceVerificationException extends Exception {

  private static final long serialVersionUID = 1L;

  private final Check check;
  private final String expected;
  private final String found;

  EvidenceVerificationException(Check check, String expected, String found) {
    super(
        check + ": expected " + expected + ", found " + found + " (" + check.specification() + ")");
    this.check = check;
    this.expected = expected;
    this.found = found;
  }

  /** The check that failed; those after it were not made. */
  public Check check() {
    return check;
  }

  /** What must hold. */
  public String expected() {
    return expected;
  }

  /** What was there instead. */
  public String found() {
    return found;
  }
}
