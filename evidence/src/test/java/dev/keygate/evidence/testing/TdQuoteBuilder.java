package dev.keygate.evidence.testing;

import dev.keygate.evidence.bytes.ByteWriter;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.tdx.TdQuoteField;
import dev.keygate.evidence.tdx.TdReport;
import dev.keygate.evidence.tdx.TdxBody;
import java.util.EnumMap;
import java.util.Map;

/**
 * Writes and signs TD quotes. It starts with version 4, no TD attributes but SEPT_VE_DISABLE, and
 * RTMRs of zeros. Not safe for use by several threads.
 */
public final class TdQuoteBuilder {

  static final Bytes VENDOR_ID = Bytes.fromHex("939a7233f79c4ca9940a0db3957f0607");
  static final int HEADER_BYTES = 48;

  private static final int DESCRIPTION_BYTES = 6;
  private static final int USER_DATA_BYTES = 20;

  private final SoftwareTdxPlatform platform;
  private final Map<TdQuoteField, Bytes> fields = new EnumMap<>(TdQuoteField.class);
  private int version = 4;
  private TdxBody layout = TdxBody.TDX_1_0;
  private int trailerBytes;
  private TdQuoteDefect defect = TdQuoteDefect.NONE;

  private TdQuoteBuilder(SoftwareTdxPlatform platform) {
    this.platform = platform;
  }

  /** A quote of version 4 by this platform's quoting enclave. */
  public static TdQuoteBuilder of(SoftwareTdxPlatform platform) {
    return new TdQuoteBuilder(platform)
        .with(TdQuoteField.TEE_TCB_SVN, Bytes.fromHex("070103"))
        .with(TdQuoteField.MRSEAM, Bytes.ofUtf8("software module").sha384())
        .with(TdQuoteField.TDATTRIBUTES, Bytes.fromHex("00000010"))
        .with(TdQuoteField.XFAM, Bytes.fromHex("e71806"))
        .with(TdQuoteField.MRTD, TdReportBuilder.PARAVISOR_MEASUREMENT)
        .with(TdQuoteField.TEE_TCB_SVN2, Bytes.fromHex("080103"));
  }

  /** Writes version 5 with one of its two bodies. */
  public TdQuoteBuilder version5(TdxBody body) {
    version = 5;
    layout = body;
    return this;
  }

  /** Copies everything that the quoting enclave takes from a TD report. */
  public TdQuoteBuilder quoting(TdReport report) {
    for (TdQuoteField field : TdQuoteField.values()) {
      with(field, report.field(field.inReport()));
    }
    return this;
  }

  /** Sets a field to octets, filled up with zeros. */
  public TdQuoteBuilder with(TdQuoteField field, Bytes value) {
    fields.put(field, Bytes.concat(value, Bytes.zeros(field.sizeBytes() - value.size())));
    return this;
  }

  /** Sets REPORTDATA, filled up with zeros to 64 octets. */
  public TdQuoteBuilder reportData(Bytes value) {
    return with(TdQuoteField.REPORTDATA, value);
  }

  /** Lets zeros follow, as the host service of Azure does. */
  public TdQuoteBuilder trailer(int zeros) {
    trailerBytes = zeros;
    return this;
  }

  /** Lets this go wrong. */
  public TdQuoteBuilder defect(TdQuoteDefect wrong) {
    defect = wrong;
    return this;
  }

  /** The signed quote. */
  public Bytes build() {
    TdQuoteDraft draft = new TdQuoteDraft(signedPart(), bodyOffset(), platform);
    TdQuoteDefects.beforeSigning(defect, draft);
    TdQeDefects.beforeSigning(defect, draft);
    ReportImage image = draft.assemble();
    TdQuoteDefects.afterSigning(defect, image, draft);
    TdQeDefects.afterSigning(defect, image, draft);
    Bytes quote = image.toBytes();
    return Bytes.concat(quote, Bytes.zeros(trailerBytes), TdQuoteDefects.trailer(defect));
  }

  private int bodyOffset() {
    return version == 4 ? HEADER_BYTES : HEADER_BYTES + DESCRIPTION_BYTES;
  }

  private ReportImage signedPart() {
    ByteWriter header = ByteWriter.littleEndian();
    header.u16(version).u16(2).u32(0x81).u16(0).u16(0).bytes(VENDOR_ID);
    header.padded(Bytes.ofUtf8("software platform"), USER_DATA_BYTES);
    if (version != 4) {
      header.u16(layout.type()).u32(layout.sizeBytes());
    }
    ReportImage image = new ReportImage(header.size() + layout.sizeBytes());
    image.put(0, header.toBytes());
    fields.forEach(
        (field, value) -> {
          if (field.offsetBytes() < layout.sizeBytes()) {
            image.put(header.size() + field.offsetBytes(), value);
          }
        });
    return image;
  }
}
