package dev.keygate.evidence.hcl;

import dev.keygate.evidence.bytes.ByteCursor;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.Digest;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.snp.SnpReport;
import dev.keygate.evidence.tdx.TdReport;
import java.util.Optional;

/**
 * The content of NV index 0x01400001 of an Azure vTPM. Header versions 1 and 2 have one layout. The
 * hardware report is parsed with it, be it of SNP or of TDX. Immutable.
 *
 * @param hardware what the paravisor's hardware report says
 * @param requestType why the report was made
 * @param digest the function whose digest of the claims the hardware report carries
 * @param claims the runtime claims, exactly as hashed, and what they say
 */
public record HclReport(
    HardwareSlot hardware, HclRequestType requestType, Digest digest, RuntimeClaims claims) {

  /**
   * Reads the report and the zero padding that fills its NV index.
   *
   * @throws EvidenceFormatException if a size, a number or the claims are not as the format has
   *     them, if the paravisor reports a failure, or if the padding is not zero
   */
  public static HclReport parse(Bytes bytes) throws EvidenceFormatException {
    ByteCursor cursor = ByteCursor.littleEndian(HclLayout.FORMAT, bytes);
    if (bytes.size() > HclLayout.MAX_BYTES) {
      throw cursor.invalid(
          0, "size", "at most " + HclLayout.MAX_BYTES + " bytes", bytes.size() + " bytes");
    }
    HclHeader header = HclHeader.read(cursor);
    Bytes slot = cursor.take(HclLayout.SLOT_BYTES, "hardware report");
    HclRuntimeHeader runtime = HclRuntimeHeader.read(cursor, header);
    Bytes claims = cursor.take(runtime.claimsBytes(), "runtime claims");
    cursor.requireZero(cursor.remaining(), "padding");
    return new HclReport(
        HardwareSlot.read(runtime.type(), slot),
        header.requestType(),
        runtime.digest(),
        RuntimeClaims.parse(claims));
  }

  /** The kind of hardware report. */
  public HclReportType type() {
    return hardware.type();
  }

  /** The SNP report, if the slot holds one. */
  public Optional<SnpReport> snpReport() {
    return hardware instanceof HardwareSlot.Snp snp ? Optional.of(snp.report()) : Optional.empty();
  }

  /** The TD report, if the slot holds one. */
  public Optional<TdReport> tdReport() {
    return hardware instanceof HardwareSlot.Tdx tdx ? Optional.of(tdx.report()) : Optional.empty();
  }

  /**
   * The REPORT_DATA that binds these claims to a hardware report: their digest and zeros, 64
   * octets. The digest is taken over the exact octets of the claims, without padding.
   */
  public Bytes expectedReportData() {
    Bytes hash = digest.of(claims.raw());
    return Bytes.concat(hash, Bytes.zeros(HclLayout.REPORT_DATA_BYTES - hash.size()));
  }
}
