package dev.keygate.evidence.tdx;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import java.util.List;

/**
 * A well-formed TDREPORT_STRUCT of 1024 octets. Anybody can write one: its MAC is made with a key
 * that only the processor has, so nobody but that processor can tell a true report from a forged
 * one. What a relying party can believe is a {@link TdQuote} of the same TD. Instances are
 * immutable.
 */
public final class TdReport {

  /** The size of every report. */
  public static final int SIZE_BYTES = 1024;

  /** Where TEE_TCB_INFO starts. */
  public static final int TEE_TCB_INFO_OFFSET = 256;

  /** The size of TEE_TCB_INFO, all of which TEE_TCB_INFO_HASH covers. */
  public static final int TEE_TCB_INFO_BYTES = 239;

  /** Where TDINFO starts. */
  public static final int TDINFO_OFFSET = 512;

  /** The size of TDINFO, all of which TEE_INFO_HASH covers. */
  public static final int TDINFO_BYTES = 512;

  static final String FORMAT = "TD report";

  private static final int TYPE_TDX = 0x81;
  private static final int NEWEST_VERSION = 1;

  private static final List<ReservedBytes> RESERVED =
      List.of(
          new ReservedBytes(3, 16),
          new ReservedBytes(192, 224),
          new ReservedBytes(400, 495),
          new ReservedBytes(495, 512),
          new ReservedBytes(960, 1024));

  /** In version 0 no service TD can be bound. */
  private static final ReservedBytes SERVTD_HASH_OF_VERSION_0 = new ReservedBytes(912, 960);

  private final Bytes raw;
  private final TdAttributes attributes;
  private final Xfam xfam;

  private TdReport(Bytes raw, TdAttributes attributes, Xfam xfam) {
    this.raw = raw;
    this.attributes = attributes;
    this.xfam = xfam;
  }

  /**
   * Reads a report. Its hashes are not compared here and its MAC cannot be.
   *
   * @throws EvidenceFormatException unless the size is exact, type, subtype and version are
   *     defined, reserved octets and bits are zero and bits that must be one are
   */
  public static TdReport parse(Bytes bytes) throws EvidenceFormatException {
    if (bytes.size() != SIZE_BYTES) {
      throw new EvidenceFormatException(
          FORMAT, 0, "size", SIZE_BYTES + " bytes", bytes.size() + " bytes");
    }
    require(TdReportField.TYPE, bytes, TYPE_TDX, TYPE_TDX);
    require(TdReportField.SUBTYPE, bytes, 0, 0);
    require(TdReportField.VERSION, bytes, 0, NEWEST_VERSION);
    for (ReservedBytes range : RESERVED) {
      range.requireZero(FORMAT, bytes);
    }
    if (TdReportField.VERSION.of(bytes).isZero()) {
      SERVTD_HASH_OF_VERSION_0.requireZero(FORMAT, bytes);
    }
    TdReportField attributes = TdReportField.TDATTRIBUTES;
    TdReportField xfam = TdReportField.XFAM;
    return new TdReport(
        bytes,
        TdAttributes.read(FORMAT, attributes.offsetBytes(), attributes.of(bytes)),
        Xfam.read(FORMAT, xfam.offsetBytes(), xfam.of(bytes)));
  }

  /** All 1024 octets as they were parsed. */
  public Bytes raw() {
    return raw;
  }

  /** The octets of any field, as its layout has them. */
  public Bytes field(TdReportField field) {
    return field.of(raw);
  }

  /** REPORTTYPE.VERSION, 0 or 1. */
  public int version() {
    return TdReportField.VERSION.of(raw).at(0);
  }

  /** The 239 octets of TEE_TCB_INFO. */
  public Bytes teeTcbInfo() {
    return raw.slice(TEE_TCB_INFO_OFFSET, TEE_TCB_INFO_BYTES);
  }

  /** The 512 octets of TDINFO. */
  public Bytes tdInfo() {
    return raw.slice(TDINFO_OFFSET, TDINFO_BYTES);
  }

  /** REPORTDATA, 64 octets that the requester of the report chose. */
  public Bytes reportData() {
    return TdReportField.REPORTDATA.of(raw);
  }

  /** MRTD, the SHA-384 measurement of the TD at launch. */
  public Bytes launchMeasurement() {
    return TdReportField.MRTD.of(raw);
  }

  /** The attributes of the TD. */
  public TdAttributes attributes() {
    return attributes;
  }

  /** The extended features that the TD may use. */
  public Xfam xfam() {
    return xfam;
  }

  /** The TCB at the time the TD was started. */
  public TeeTcbSvn teeTcbSvn() {
    return new TeeTcbSvn(TdReportField.TEE_TCB_SVN.of(raw));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TdReport that && raw.equals(that.raw);
  }

  @Override
  public int hashCode() {
    return raw.hashCode();
  }

  /** The version and the launch measurement, not the content. */
  @Override
  public String toString() {
    return FORMAT + " v" + version() + " of MRTD " + launchMeasurement().hex();
  }

  private static void require(TdReportField field, Bytes bytes, int lowest, int highest)
      throws EvidenceFormatException {
    int found = field.of(bytes).at(0);
    if (found < lowest || found > highest) {
      throw new EvidenceFormatException(
          FORMAT,
          field.offsetBytes(),
          field.name(),
          lowest == highest ? Integer.toString(lowest) : lowest + " to " + highest,
          Integer.toString(found));
    }
  }
}
