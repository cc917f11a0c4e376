package dev.keygate.evidence.testing;

import dev.keygate.evidence.bytes.ByteWriter;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.tdx.QeReport;
import dev.keygate.evidence.tdx.QeReportField;

/** A quote while it is made; defects change its parts, and everything that is signed follows. */
final class TdQuoteDraft {

  private static final Bytes MRSIGNER =
      Bytes.fromHex("dc9e2a7c6f948f17474e34a7fc43ed030f7c1563f1babddf6340c82e0e54a8c5");
  private static final int SIZE_FIELD_BYTES = 4;

  /** Header, in version 5 type and size of the body, and body. */
  final ReportImage signed;

  /** Where the body starts. */
  final int bodyOffset;

  final ReportImage qeReport = new ReportImage(QeReport.SIZE_BYTES);
  SoftwareTdxPlatform keyHolder;
  SoftwareTdxPlatform pckHolder;
  Bytes attestationKey;
  Bytes authenticationData = Bytes.ofUtf8("authentication data of 32 octets");
  Bytes pckChain;
  int certificationType = 6;
  int chainType = 5;
  int dataSizeError;
  int certificationSizeError;
  int chainSizeError;

  TdQuoteDraft(ReportImage signed, int bodyOffset, SoftwareTdxPlatform platform) {
    this.signed = signed;
    this.bodyOffset = bodyOffset;
    this.keyHolder = platform;
    this.pckHolder = platform;
    this.attestationKey = platform.attestationKey();
    this.pckChain = Bytes.concat(Bytes.ofUtf8(platform.chainPem()), Bytes.zeros(1));
    put(QeReportField.CPUSVN, Bytes.fromHex("0606131503ff0003"));
    put(QeReportField.ATTRIBUTES, Bytes.fromHex("1500000000000000e7"));
    put(QeReportField.MRENCLAVE, Bytes.ofUtf8("software quoting enclave").sha256());
    put(QeReportField.MRSIGNER, MRSIGNER);
    put(QeReportField.ISVPRODID, Bytes.fromHex("02"));
    put(QeReportField.ISVSVN, Bytes.fromHex("06"));
  }

  void put(QeReportField field, Bytes value) {
    qeReport.put(field.offsetBytes(), value);
  }

  /** Binds the attestation key as it is now to the QE report. */
  void bindKey() {
    put(QeReportField.REPORTDATA, Bytes.concat(attestationKey, authenticationData).sha256());
  }

  /** Where the signature data start. */
  int dataOffset() {
    return signed.toBytes().size() + SIZE_FIELD_BYTES;
  }

  ReportImage assemble() {
    Bytes report = qeReport.toBytes();
    ByteWriter certification = ByteWriter.littleEndian();
    certification.bytes(report).bytes(pckHolder.signQeReport(report));
    certification.sized16(authenticationData).u16(chainType);
    certification.u32((long) pckChain.size() + chainSizeError).bytes(pckChain);
    ByteWriter data = ByteWriter.littleEndian();
    data.bytes(keyHolder.signQuote(signed.toBytes())).bytes(attestationKey).u16(certificationType);
    data.u32((long) certification.size() + certificationSizeError).bytes(certification.toBytes());
    ByteWriter quote = ByteWriter.littleEndian().bytes(signed.toBytes());
    quote.u32((long) data.size() + dataSizeError).bytes(data.toBytes());
    ReportImage image = new ReportImage(quote.size());
    image.put(0, quote.toBytes());
    return image;
  }
}
