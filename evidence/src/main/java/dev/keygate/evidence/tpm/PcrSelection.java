package dev.keygate.evidence.tpm;

import dev.keygate.evidence.bytes.ByteCursor;
import dev.keygate.evidence.bytes.ByteWriter;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A choice among the 24 PCRs of the SHA-256 bank; on the wire a TPML_PCR_SELECTION with one entry,
 * or with none where nothing is chosen.
 *
 * @param mask bit n stands for PCR n
 */
public record PcrSelection(int mask) {

  /** The number of PCRs in a bank. */
  public static final int PCR_COUNT = 24;

  /** No PCR. */
  public static final PcrSelection NONE = new PcrSelection(0);

  /** The PCRs of firmware, its configuration and secure boot: 0 to 7. */
  public static final PcrSelection FIRMWARE = new PcrSelection(0xFF);

  private static final int SELECT_BYTES = 3;
  private static final int MAX_MASK = (1 << PCR_COUNT) - 1;

  public PcrSelection {
    if (mask < 0 || mask > MAX_MASK) {
      throw new IllegalArgumentException("a bank has PCRs 0 to 23");
    }
  }

  /** The PCRs with the given indices, each from 0 to 23. */
  public static PcrSelection of(int... indices) {
    int mask = 0;
    for (int index : indices) {
      if (index < 0 || index >= PCR_COUNT) {
        throw new IllegalArgumentException("no PCR has the index " + index);
      }
      mask |= 1 << index;
    }
    return new PcrSelection(mask);
  }

  /** The PCRs with the given indices, each from 0 to 23. */
  public static PcrSelection of(Iterable<Integer> indices) {
    PcrSelection selection = NONE;
    for (int index : indices) {
      selection = new PcrSelection(selection.mask | of(index).mask);
    }
    return selection;
  }

  /**
   * Reads a TPML_PCR_SELECTION; refuses more than one bank, any bank but SHA-256, and a bank
   * without a PCR, so that nothing chosen has one encoding: the empty list.
   */
  public static PcrSelection readFrom(ByteCursor in) throws EvidenceFormatException {
    int start = in.position();
    long count = in.u32("pcrSelection.count");
    if (count == 0) {
      return NONE;
    }
    if (count != 1) {
      throw in.invalid(start, "pcrSelection.count", "0 or 1", Long.toString(count));
    }
    int hashStart = in.position();
    int hash = in.u16("pcrSelection.hash");
    if (hash != TpmAlgorithm.SHA256.id()) {
      throw in.invalid(hashStart, "pcrSelection.hash", "SHA-256", "0x" + Integer.toHexString(hash));
    }
    int sizeStart = in.position();
    int size = in.u8("pcrSelection.sizeofSelect");
    if (size != SELECT_BYTES) {
      throw in.invalid(sizeStart, "pcrSelection.sizeofSelect", "3", Integer.toString(size));
    }
    int maskStart = in.position();
    int mask = 0;
    for (int i = 0; i < SELECT_BYTES; i++) {
      mask |= in.u8("pcrSelection.pcrSelect") << (8 * i);
    }
    if (mask == 0) {
      throw in.invalid(maskStart, "pcrSelection.pcrSelect", "a PCR at least", "none");
    }
    return new PcrSelection(mask);
  }

  /** Writes the TPML_PCR_SELECTION: 4 bytes for an empty choice, else 10. */
  public void writeTo(ByteWriter out) {
    if (isEmpty()) {
      out.u32(0);
      return;
    }
    out.u32(1).u16(TpmAlgorithm.SHA256.id()).u8(SELECT_BYTES);
    for (int i = 0; i < SELECT_BYTES; i++) {
      out.u8(mask >>> (8 * i) & 0xFF);
    }
  }

  /** The chosen indices, ascending. */
  public List<Integer> indices() {
    return IntStream.range(0, PCR_COUNT).filter(this::contains).boxed().toList();
  }

  /** Whether the PCR is chosen; false for an index that no PCR has. */
  public boolean contains(int index) {
    return index >= 0 && index < PCR_COUNT && (mask >>> index & 1) == 1;
  }

  /** Whether no PCR is chosen. */
  public boolean isEmpty() {
    return mask == 0;
  }

  /** How many PCRs are chosen. */
  public int size() {
    return Integer.bitCount(mask);
  }

  /** The PCRs chosen here and not there. */
  public PcrSelection without(PcrSelection other) {
    return new PcrSelection(mask & ~other.mask);
  }

  /** The indices, as {@code [0, 1, 7]}. */
  @Override
  public String toString() {
    return indices().toString();
  }
}
