package dev.keygate.evidence.bytes;

/**
 * Bytes or text that do not have the format they were read as. The only exception that a parser of
 * this library throws for its input, whatever that input is.
 */
public final class EvidenceFormatException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String format;
  private final int offsetBytes;
  private final String field;
  private final String expected;
  private final String found;

  /**
   * Names one place and what is wrong there.
   *
   * @param format the format being read, such as {@code SNP report}
   * @param offsetBytes where the field starts, counted from the start of the input
   * @param field the field, as its specification spells it
   * @param expected what the format demands there
   * @param found what is there instead, shortened
   */
  public EvidenceFormatException(
      String format, int offsetBytes, String field, String expected, String found) {
    super(
        format
            + ": "
            + field
            + " at byte "
            + offsetBytes
            + ": expected "
            + expected
            + ", found "
            + found);
    this.format = format;
    this.offsetBytes = offsetBytes;
    this.field = field;
    this.expected = expected;
    this.found = found;
  }

  /** The format that was being read. */
  public String format() {
    return format;
  }

  /** Where the field starts, in octets from the start of the input. */
  public int offsetBytes() {
    return offsetBytes;
  }

  /** The field, as its specification spells it. */
  public String field() {
    return field;
  }

  /** What the format demands. */
  public String expected() {
    return expected;
  }

  /** What was there instead. */
  public String found() {
    return found;
  }
}
