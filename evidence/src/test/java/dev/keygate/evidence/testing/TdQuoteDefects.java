package dev.keygate.evidence.testing;

import dev.keygate.evidence.bytes.ByteWriter;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.tdx.EcdsaP256Signature;
import dev.keygate.evidence.tdx.TdQuoteField;

/** Applies the defects of a TD quote that are not its quoting enclave's. */
final class TdQuoteDefects {

  private static final int KEY_TYPE_OFFSET = 2;
  private static final int TEE_TYPE_OFFSET = 4;
  private static final int USER_DATA_OFFSET = 28;
  private static final int BODY_TYPE_OFFSET = 48;
  private static final int BODY_SIZE_OFFSET = 50;

  private TdQuoteDefects() {}

  static void beforeSigning(TdQuoteDefect defect, TdQuoteDraft draft) {
    switch (defect) {
      case VERSION_3 -> put16(draft.signed, 0, 3);
      case VERSION_6 -> put16(draft.signed, 0, 6);
      case KEY_TYPE_P384 -> put16(draft.signed, KEY_TYPE_OFFSET, 3);
      case TEE_TYPE_SGX -> put16(draft.signed, TEE_TYPE_OFFSET, 0);
      case BODY_TYPE_SGX -> put16(draft.signed, BODY_TYPE_OFFSET, 1);
      case BODY_TYPE_UNKNOWN -> put16(draft.signed, BODY_TYPE_OFFSET, 4);
      case BODY_SIZE_WRONG -> draft.signed.flip(BODY_SIZE_OFFSET, 1);
      case RESERVED_TUD_BIT -> attribute(draft, 1);
      case RESERVED_SEC_BIT -> attribute(draft, 26);
      case XFAM_WITHOUT_X87 -> flip(draft, TdQuoteField.XFAM, 1);
      case SIGNATURE_DATA_BEYOND_END -> draft.dataSizeError = 0x7FFF0000;
      case SIGNATURE_DATA_LONGER -> draft.dataSizeError = 1;
      case SIGNATURE_DATA_SHORTER -> draft.dataSizeError = -1;
      case MODULE_OF_OTHER_SIGNER -> flip(draft, TdQuoteField.MRSIGNERSEAM, 1);
      case MODULE_ATTRIBUTES_SET -> flip(draft, TdQuoteField.SEAMATTRIBUTES, 1);
      case DEBUG_ALLOWED -> attribute(draft, 0);
      case PROFILING_ALLOWED -> attribute(draft, 5);
      case MIGRATABLE -> attribute(draft, 29);
      default -> {}
    }
  }

  static void afterSigning(TdQuoteDefect defect, ReportImage image, TdQuoteDraft draft) {
    int data = draft.dataOffset();
    switch (defect) {
      case TRUNCATED -> image.resize(image.toBytes().size() - 1);
      case CUT_IN_HEADER -> image.resize(TdQuoteBuilder.HEADER_BYTES - 1);
      case SIGNATURE_BIT_FLIPPED -> image.flip(data + EcdsaP256Signature.SIZE_BYTES - 1, 1);
      case SIGNATURE_ZERO -> image.put(data, Bytes.zeros(EcdsaP256Signature.SIZE_BYTES));
      case SIGNATURE_OF_OTHER_QUOTE ->
          image.put(data, draft.keyHolder.signQuote(Bytes.ofUtf8("another quote")));
      case SIGNED_BIT_FLIPPED -> image.flip(offsetOf(draft, TdQuoteField.MRTD), 1);
      case REPORT_DATA_REPLACED -> image.flip(offsetOf(draft, TdQuoteField.REPORTDATA), 1);
      case USER_DATA_REPLACED -> image.flip(USER_DATA_OFFSET, 1);
      default -> {}
    }
  }

  /** What follows the quote; one octet of zero gives a size that is one too long its octet. */
  static Bytes trailer(TdQuoteDefect defect) {
    return switch (defect) {
      case TRAILER_SET -> Bytes.fromHex("000001");
      case SIGNATURE_DATA_LONGER -> Bytes.zeros(1);
      default -> Bytes.EMPTY;
    };
  }

  private static void attribute(TdQuoteDraft draft, int bit) {
    int offset = offsetOf(draft, TdQuoteField.TDATTRIBUTES) + bit / 8;
    draft.signed.flip(offset, 1 << (bit % 8));
  }

  private static void flip(TdQuoteDraft draft, TdQuoteField field, int mask) {
    draft.signed.flip(offsetOf(draft, field), mask);
  }

  private static int offsetOf(TdQuoteDraft draft, TdQuoteField field) {
    return draft.bodyOffset + field.offsetBytes();
  }

  private static void put16(ReportImage image, int offset, int value) {
    image.put(offset, ByteWriter.littleEndian().u16(value).toBytes());
  }
}
