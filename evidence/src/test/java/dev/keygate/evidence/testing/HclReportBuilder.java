package dev.keygate.evidence.testing;

import dev.keygate.evidence.bytes.ByteWriter;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.Digest;
import dev.keygate.evidence.hcl.HclRequestType;
import java.security.interfaces.RSAPublicKey;

/**
 * Writes what the paravisor of an Azure confidential machine keeps in NV index 0x01400001: claims
 * that name the vTPM's keys, bound to a report of SNP or of TDX, or to nothing where there is none.
 * Not safe for use by several threads.
 */
public final class HclReportBuilder {

  /** The size of the NV index of today's machines. */
  public static final int NV_INDEX_BYTES = 2600;

  static final int SLOT_OFFSET = 32;
  static final int CLAIMS_OFFSET = 1236;

  private final HardwareReportBuilder hardware;
  private final RuntimeClaimsDraft claims = new RuntimeClaimsDraft();
  private Digest digest = Digest.SHA256;
  private int version = 2;
  private HclDefect defect = HclDefect.NONE;

  private HclReportBuilder(HardwareReportBuilder hardware) {
    this.hardware = hardware;
  }

  /**
   * A report of header version 2 around a hardware report, with secure boot on and user data of
   * zeros.
   *
   * @param hardware the hardware report; its REPORT_DATA is set when this is built
   * @param attestationKey what the claims name as HCLAkPub
   */
  public static HclReportBuilder of(HardwareReportBuilder hardware, RSAPublicKey attestationKey) {
    HclReportBuilder builder = new HclReportBuilder(hardware);
    builder.claims.key("HCLAkPub", "sign", attestationKey);
    return builder;
  }

  /** Names the vTPM's endorsement key as HCLEkPub, as reports since 2024 do. */
  public HclReportBuilder endorsementKey(RSAPublicKey key) {
    claims.key("HCLEkPub", "encrypt", key);
    return this;
  }

  /** States that secure boot is off. */
  public HclReportBuilder withoutSecureBoot() {
    claims.secureBoot("false");
    return this;
  }

  /** States the machine's GUID, which the paravisor writes in upper case. */
  public HclReportBuilder vmUniqueId(String guid) {
    claims.vmUniqueId(guid);
    return this;
  }

  /**
   * States what the guest wrote to NV index 0x01400002, at most 64 octets, filled up with zeros.
   */
  public HclReportBuilder userData(Bytes value) {
    int missing = RuntimeClaimsDraft.USER_DATA_BYTES - value.size();
    claims.userData(Bytes.concat(value, Bytes.zeros(missing)));
    return this;
  }

  /** States no user data, as reports before 2024. */
  public HclReportBuilder withoutUserData() {
    claims.userData(null);
    return this;
  }

  /** Writes this version into the header: 1 or 2, which have one layout. */
  public HclReportBuilder version(int headerVersion) {
    version = headerVersion;
    return this;
  }

  /** Binds the claims with another hash function than SHA-256. */
  public HclReportBuilder digest(Digest function) {
    digest = function;
    return this;
  }

  /** Lets this go wrong. */
  public HclReportBuilder defect(HclDefect wrong) {
    defect = wrong;
    return this;
  }

  /** The content of the NV index, with the zeros that fill it. */
  public Bytes build() {
    Bytes json = claims.toBytes(defect);
    Bytes report = hardware.buildFor(HclDefects.reportData(defect, digest, json));
    Bytes slot = Bytes.concat(report, Bytes.zeros(Math.max(0, 1184 - report.size())));
    ByteWriter writer = ByteWriter.littleEndian();
    writer.bytes(Bytes.ofUtf8("HCLA")).u32(version).u32(CLAIMS_OFFSET + json.size());
    writer.u32(HclRequestType.AK_CERT.code()).u32(0).zeros(12);
    writer.bytes(slot.slice(0, 1184));
    writer
        .u32(20L + json.size())
        .u32(1)
        .u32(hardware.hclType().code())
        .u32(hashType())
        .u32(json.size());
    writer.bytes(json).zeros(Math.max(16, NV_INDEX_BYTES - CLAIMS_OFFSET - json.size()));
    ReportImage image = new ReportImage(writer.size());
    image.put(0, writer.toBytes());
    HclDefects.apply(defect, image, json.size());
    return image.toBytes();
  }

  private int hashType() {
    return switch (digest) {
      case SHA256 -> 1;
      case SHA384 -> 2;
      case SHA512 -> 3;
      case SHA1 -> throw new IllegalStateException("HCL reports have no SHA-1");
    };
  }
}
