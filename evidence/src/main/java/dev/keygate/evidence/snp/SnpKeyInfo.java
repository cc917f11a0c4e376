package dev.keygate.evidence.snp;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;

/**
 * The flags at 0x048: which key signed the report.
 *
 * @param raw the four octets as an unsigned number
 * @param signingKey bits 4 to 2
 */
public record SnpKeyInfo(long raw, SigningKey signingKey) {

  /** Which endorsement key signed. */
  public enum SigningKey {
    /** The key derived from chip and TCB. */
    VCEK,
    /** The key that AMD loaded for a cloud provider. */
    VLEK,
    /** Nothing: the signature field is zero. */
    NONE
  }

  private static final int VCEK_CODE = 0;
  private static final int VLEK_CODE = 1;
  private static final int NONE_CODE = 7;

  /** Bit 0: an author key signed the guest's identity block. */
  public boolean isAuthorKeyPresent() {
    return (raw & 1) != 0;
  }

  /** Bit 1: the platform hides the chip's key; such a report has no VCEK signature. */
  public boolean isChipKeyMasked() {
    return (raw & 2) != 0;
  }

  static SnpKeyInfo read(Bytes report) throws EvidenceFormatException {
    long raw = SnpField.KEY_INFO.numberOf(report);
    int code = (int) (raw >>> 2) & 7;
    return switch (code) {
      case VCEK_CODE -> new SnpKeyInfo(raw, SigningKey.VCEK);
      case VLEK_CODE -> new SnpKeyInfo(raw, SigningKey.VLEK);
      case NONE_CODE -> new SnpKeyInfo(raw, SigningKey.NONE);
      default ->
          throw new EvidenceFormatException(
              SnpReport.FORMAT,
              SnpField.KEY_INFO.offsetBytes(),
              "SIGNING_KEY",
              "0 (VCEK), 1 (VLEK) or 7 (none)",
              Integer.toString(code));
    };
  }
}
