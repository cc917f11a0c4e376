package dev.keygate.evidence.bytes;

import java.util.Locale;

/**
 * Bytes or text that do not have the format they were read as. The only exception that a parser of
 * this library throws for its input, whatever that input is.
 */
public final class EvidenceFormatException extends Exception {

  private static final long serialVersionUID = 1L;
  private static final int SHOWN_BYTES = 32;

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

  /**
   * A failure that names the first octet that is not zero, the whole reserved range and its octets.
   *
   * @param startBytes where the range starts, counted from the start of the input
   * @param reserved the octets of the range
   */
  static EvidenceFormatException notZero(
      String format, int startBytes, String field, Bytes reserved) {
    int first = 0;
    while (reserved.at(first) == 0) {
      first++;
    }
    int last = reserved.size() - 1;
    while (reserved.at(last) == 0) {
      last--;
    }
    int shown = Math.min(SHOWN_BYTES, last - first + 1);
    return new EvidenceFormatException(
        format,
        startBytes + first,
        field,
        "zeros in "
            + String.format(
                Locale.ROOT, "0x%03x..0x%03x", startBytes, startBytes + reserved.size() - 1),
        "0x" + reserved.slice(first, shown).hex() + (first + shown <= last ? "…" : ""));
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
