package dev.keygate.evidence.testing;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.tdx.AttestationKey;
import dev.keygate.evidence.tdx.EcdsaP256Signature;
import dev.keygate.evidence.tdx.QeReport;
import dev.keygate.evidence.tdx.QeReportField;
import dev.keygate.evidence.tdx.TdQuoteSignatureData;
import java.security.SecureRandom;
import java.time.Instant;

/** Applies the defects of what vouches for a quote's attestation key. */
final class TdQeDefects {

  private static final int VENDOR_ID_OFFSET = 12;
  private static final int QE_RESERVED_OFFSET = 303;

  /** From the signature data's start: signature, key, type and size. */
  private static final int QE_REPORT_OFFSET =
      EcdsaP256Signature.SIZE_BYTES + AttestationKey.SIZE_BYTES + 6;

  private static final int QE_SIGNATURE_OFFSET = QE_REPORT_OFFSET + QeReport.SIZE_BYTES;
  private static final int AUTHENTICATION_SIZE_OFFSET =
      QE_SIGNATURE_OFFSET + EcdsaP256Signature.SIZE_BYTES;

  private TdQeDefects() {}

  static void beforeSigning(TdQuoteDefect defect, TdQuoteDraft draft) {
    draft.bindKey();
    beforeQeSigning(defect, draft);
    switch (defect) {
      case CERTIFICATION_TYPE_5 -> draft.certificationType = 5;
      case CERTIFICATION_SIZE_WRONG -> draft.certificationSizeError = 1;
      case PCK_BY_PPID -> draft.chainType = 2;
      case CHAIN_SIZE_WRONG -> draft.chainSizeError = 1;
      case CHAIN_WITHOUT_ROOT -> draft.pckChain = Bytes.ofUtf8(certificates(draft, 0, 2));
      case CHAIN_WITH_FOURTH ->
          draft.pckChain = Bytes.ofUtf8(draft.pckHolder.chainPem() + certificates(draft, 2, 3));
      case CHAIN_NOT_PEM -> draft.pckChain = Bytes.fromHex("3082030130820302");
      case CHAIN_EMPTY -> draft.pckChain = Bytes.EMPTY;
      case CHAIN_WITH_TWO_NULS -> draft.pckChain = Bytes.concat(draft.pckChain, Bytes.zeros(1));
      default -> {}
    }
  }

  static void afterSigning(TdQuoteDefect defect, ReportImage image, TdQuoteDraft draft) {
    int data = draft.dataOffset();
    int authentication = data + AUTHENTICATION_SIZE_OFFSET;
    switch (defect) {
      case AUTHENTICATION_DATA_LONGER -> image.put(authentication, Bytes.fromHex("0004"));
      case AUTHENTICATION_DATA_REPLACED -> image.flip(authentication + 2, 1);
      case QE_SIGNATURE_BIT_FLIPPED -> image.flip(data + QE_SIGNATURE_OFFSET, 1);
      case QE_REPORT_CHANGED ->
          image.flip(data + QE_REPORT_OFFSET + QeReportField.ISVSVN.offsetBytes(), 1);
      case KEY_OFF_CURVE -> image.flip(data + EcdsaP256Signature.SIZE_BYTES, 1);
      case KEY_ZERO ->
          image.put(data + EcdsaP256Signature.SIZE_BYTES, Bytes.zeros(AttestationKey.SIZE_BYTES));
      default -> {}
    }
  }

  private static void beforeQeSigning(TdQuoteDefect defect, TdQuoteDraft draft) {
    switch (defect) {
      case AUTHENTICATION_DATA_TOO_LONG -> {
        int size = TdQuoteSignatureData.MAX_AUTHENTICATION_DATA_BYTES + 1;
        draft.authenticationData = Bytes.zeros(size);
        draft.bindKey();
      }
      case QE_REPORT_RESERVED_SET -> draft.qeReport.flip(QE_RESERVED_OFFSET, 1);
      case OTHER_KEY -> {
        draft.keyHolder = stranger();
        draft.attestationKey = draft.keyHolder.attestationKey();
      }
      case QE_SIGNED_BY_OTHER_PCK -> draft.pckHolder = stranger();
      case QE_REPORT_DATA_TAIL_SET -> flip(draft, QeReportField.REPORTDATA, 63, 1);
      case QE_OF_OTHER_VENDOR -> draft.signed.flip(VENDOR_ID_OFFSET, 1);
      case QE_OF_OTHER_SIGNER -> flip(draft, QeReportField.MRSIGNER, 0, 1);
      case QE_OF_OTHER_PRODUCT -> flip(draft, QeReportField.ISVPRODID, 1, 1);
      case QE_DEBUG -> flip(draft, QeReportField.ATTRIBUTES, 0, 1 << 1);
      case QE_WITHOUT_PROVISIONING_KEY -> flip(draft, QeReportField.ATTRIBUTES, 0, 1 << 4);
      case QE_MISC_SELECT_SET -> flip(draft, QeReportField.MISCSELECT, 3, 1);
      default -> {}
    }
  }

  private static void flip(TdQuoteDraft draft, QeReportField field, int index, int mask) {
    draft.qeReport.flip(field.offsetBytes() + index, mask);
  }

  private static String certificates(TdQuoteDraft draft, int from, int until) {
    String end = "-----END CERTIFICATE-----\n";
    String[] blocks = draft.pckHolder.chainPem().split(end, -1);
    StringBuilder text = new StringBuilder();
    for (int i = from; i < until; i++) {
      text.append(blocks[i]).append(end);
    }
    return text.toString();
  }

  private static SoftwareTdxPlatform stranger() {
    return SoftwareIntel.create(Instant.EPOCH, new SecureRandom()).platform(SgxPlatform.EMERALD);
  }
}
