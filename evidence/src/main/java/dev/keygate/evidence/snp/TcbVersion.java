package dev.keygate.evidence.snp;

import dev.keygate.evidence.bytes.EvidenceFormatException;
import java.util.HexFormat;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * A TCB_VERSION: one security patch level per component, which octet is whose depends on the
 * product's {@link TcbLayout}. A report states four of them (reported, committed, current, launch),
 * which are four different things.
 *
 * @param raw the eight octets as a little-endian number; compare it unsigned
 */
public record TcbVersion(long raw) {

  private static final Pattern SIXTEEN_HEX_DIGITS = Pattern.compile("[0-9a-fA-F]{16}");

  /**
   * Reads what the host's certificate service calls {@code tcbm}: sixteen hexadecimal digits of
   * either case, most significant first.
   */
  public static TcbVersion parse(String tcbm) throws EvidenceFormatException {
    if (!SIXTEEN_HEX_DIGITS.matcher(tcbm).matches()) {
      throw new EvidenceFormatException(
          "TCB version", 0, "tcbm", "16 hexadecimal digits", tcbm.length() + " characters");
    }
    return new TcbVersion(HexFormat.fromHexDigitsToLong(tcbm));
  }

  /** The octet at an index, least significant 0, as a number of 0 to 255. */
  public int octet(int index) {
    return (int) (raw >>> (8 * index)) & 0xFF;
  }

  /** The patch level of a component; empty if products of this layout have no such component. */
  public OptionalInt patchLevel(TcbLayout layout, TcbComponent component) {
    Integer index = layout.indexes().get(component);
    return index == null ? OptionalInt.empty() : OptionalInt.of(octet(index));
  }

  /** Sixteen lower-case hexadecimal digits, most significant first. */
  public String hex() {
    return HexFormat.of().toHexDigits(raw);
  }

  @Override
  public String toString() {
    return hex();
  }
}
