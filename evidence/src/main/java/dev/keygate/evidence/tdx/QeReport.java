package dev.keygate.evidence.tdx;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import java.util.List;

/**
 * The SGX REPORT body of a quoting enclave, 384 octets without the MAC: the platform signs it with
 * its PCK in place of a MAC. Instances are immutable.
 */
public final class QeReport {

  /** The size of every body. */
  public static final int SIZE_BYTES = 384;

  private static final String FORMAT = "QE report";
  private static final int FLAGS_BYTES = 8;

  private static final List<ReservedBytes> RESERVED =
      List.of(
          new ReservedBytes(20, 32),
          new ReservedBytes(96, 128),
          new ReservedBytes(160, 192),
          new ReservedBytes(262, 304));

  private final Bytes raw;

  private QeReport(Bytes raw) {
    this.raw = raw;
  }

  /**
   * Reads a body.
   *
   * @throws EvidenceFormatException unless the size is exact and reserved octets are zero
   */
  public static QeReport parse(Bytes bytes) throws EvidenceFormatException {
    if (bytes.size() != SIZE_BYTES) {
      throw new EvidenceFormatException(
          FORMAT, 0, "size", SIZE_BYTES + " bytes", bytes.size() + " bytes");
    }
    for (ReservedBytes range : RESERVED) {
      range.requireZero(FORMAT, bytes);
    }
    return new QeReport(bytes);
  }

  /** All 384 octets: what the PCK signs. */
  public Bytes raw() {
    return raw;
  }

  /** The octets of any field, as its layout has them. */
  public Bytes field(QeReportField field) {
    return field.of(raw);
  }

  /** MRSIGNER, the SHA-256 measurement of the key that signed the enclave. */
  public Bytes mrSigner() {
    return QeReportField.MRSIGNER.of(raw);
  }

  /** MISCSELECT, an unsigned number. */
  public long miscSelect() {
    return LittleEndian.number(QeReportField.MISCSELECT.of(raw));
  }

  /** ATTRIBUTES.FLAGS: bit 0 INIT, 1 DEBUG, 2 MODE64BIT, 4 PROVISION_KEY. */
  public long attributeFlags() {
    return LittleEndian.number(QeReportField.ATTRIBUTES.of(raw).slice(0, FLAGS_BYTES));
  }

  /** ISVPRODID, which product of its signer the enclave is. */
  public int isvProdId() {
    return (int) LittleEndian.number(QeReportField.ISVPRODID.of(raw));
  }

  /** ISVSVN, the security version of the enclave. */
  public int isvSvn() {
    return (int) LittleEndian.number(QeReportField.ISVSVN.of(raw));
  }

  /** REPORTDATA, 64 octets: the digest of attestation key and authentication data, and zeros. */
  public Bytes reportData() {
    return QeReportField.REPORTDATA.of(raw);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof QeReport that && raw.equals(that.raw);
  }

  @Override
  public int hashCode() {
    return raw.hashCode();
  }

  @Override
  public String toString() {
    return FORMAT + " of ISVPRODID " + isvProdId() + ", ISVSVN " + isvSvn();
  }
}
