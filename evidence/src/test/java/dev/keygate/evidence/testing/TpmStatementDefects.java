package dev.keygate.evidence.testing;

import dev.keygate.evidence.bytes.Bytes;

/**
 * Applies the defects of a quote; offsets are those of a TPMS_ATTEST with a signer of 34 octets.
 */
final class TpmStatementDefects {

  private static final int TYPE_OFFSET = 4;
  private static final int NONCE_SIZE_OFFSET = 6 + 2 + 34;
  private static final int CLOCK_BYTES = 17;
  private static final int FIRMWARE_VERSION_BYTES = 8;

  private TpmStatementDefects() {}

  static Bytes beforeSigning(TpmStatementDefect defect, Bytes honest, int nonceBytes) {
    ReportImage image = new ReportImage(honest.size());
    image.put(0, honest);
    int clock = NONCE_SIZE_OFFSET + 2 + nonceBytes;
    int selections = clock + CLOCK_BYTES + FIRMWARE_VERSION_BYTES;
    int digestSize = selections + 10;
    switch (defect) {
      case MAGIC_REPLACED -> image.flip(0, 1);
      case TYPE_UNKNOWN -> image.put(TYPE_OFFSET, Bytes.fromHex("8099"));
      case TYPE_OF_CERTIFICATION -> image.put(TYPE_OFFSET, Bytes.fromHex("8017"));
      case TRUNCATED -> image.resize(honest.size() - 1);
      case EXTENDED -> image.resize(honest.size() + 1);
      case NONCE_TOO_LONG -> image.put(NONCE_SIZE_OFFSET, Bytes.fromHex("ffff"));
      case OTHER_NONCE -> image.flip(NONCE_SIZE_OFFSET + 2, 1);
      case SAFE_UNDEFINED -> image.put(clock + CLOCK_BYTES - 1, Bytes.fromHex("02"));
      case SELECTIONS_UNBOUNDED -> image.put(selections, Bytes.fromHex("ffffffff"));
      case OTHER_BANK -> image.put(selections + 4, Bytes.fromHex("0004"));
      case SELECTION_WIDE -> image.put(selections + 6, Bytes.fromHex("04"));
      case SELECTION_EMPTY -> image.put(selections + 7, Bytes.zeros(3));
      case PCR_MISSING -> image.flip(selections + 7, 1);
      case PCR_ADDED -> image.flip(selections + 9, 0x80);
      case OTHER_PCR_DIGEST -> image.flip(digestSize + 2, 1);
      case PCR_DIGEST_SHORT -> image.put(digestSize, Bytes.fromHex("0014"));
      default -> {}
    }
    return image.toBytes();
  }

  static Bytes afterSigning(TpmStatementDefect defect, Bytes signature) {
    return switch (defect) {
      case SIGNATURE_BIT_FLIPPED -> withLastBitFlipped(signature);
      case SIGNATURE_SHORT -> signature.slice(0, signature.size() - 1);
      default -> signature;
    };
  }

  static Bytes withLastBitFlipped(Bytes octets) {
    ReportImage image = new ReportImage(octets.size());
    image.put(0, octets);
    image.flip(octets.size() - 1, 1);
    return image.toBytes();
  }
}
