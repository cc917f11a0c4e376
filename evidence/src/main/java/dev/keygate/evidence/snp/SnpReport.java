package dev.keygate.evidence.snp;

import dev.keygate.evidence.bytes.ByteCursor;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A well-formed SEV-SNP attestation report of 1184 octets. Well-formed says nothing about who
 * signed it: only {@code verify} decides that.
 *
 * <p>Versions 2 to 5 are known. A newer one is read as far as version 5 goes, its reserved octets
 * are not held to be zero, and {@link #isKnownVersion()} is false. Instances are immutable.
 */
public final class SnpReport {

  /** The size of every report. */
  public static final int SIZE_BYTES = 0x4A0;

  /** How failures name this format. */
  static final String FORMAT = "SNP report";

  private static final int OLDEST_VERSION = 2;
  private static final int NEWEST_VERSION = 5;
  private static final int FIRST_VERSION_WITH_CPUID = 3;
  private static final int FIRST_VERSION_WITH_MITIGATIONS = 5;
  private static final long ECDSA_P384_SHA384 = 1;
  private static final long HIGHEST_VMPL = 3;
  private static final long VMPL_OF_HOST = 0xFFFFFFFFL;

  private final Bytes raw;
  private final SnpGuestPolicy policy;
  private final SnpKeyInfo keyInfo;
  private final SnpSignature signature;

  private SnpReport(Bytes raw, SnpGuestPolicy policy, SnpKeyInfo keyInfo, SnpSignature signature) {
    this.raw = raw;
    this.policy = policy;
    this.keyInfo = keyInfo;
    this.signature = signature;
  }

  /**
   * Reads a report.
   *
   * @throws EvidenceFormatException unless the size is exact, the version at least 2, the reserved
   *     parts of a known version zero, and signature algorithm, signing key and VMPL defined
   */
  public static SnpReport parse(Bytes bytes) throws EvidenceFormatException {
    if (bytes.size() != SIZE_BYTES) {
      throw new EvidenceFormatException(
          FORMAT, 0, "size", SIZE_BYTES + " bytes", bytes.size() + " bytes");
    }
    long version = SnpField.VERSION.numberOf(bytes);
    require(version >= OLDEST_VERSION, SnpField.VERSION, "at least " + OLDEST_VERSION, bytes);
    if (version <= NEWEST_VERSION) {
      ReservedRange.requireZero(bytes, version);
    }
    requireDefinedNumbers(bytes);
    ByteCursor signature =
        ByteCursor.littleEndian(FORMAT + " signature", SnpField.SIGNATURE.of(bytes));
    SnpGuestPolicy policy = new SnpGuestPolicy(SnpField.POLICY.numberOf(bytes));
    require(policy.hasMandatoryBit(), SnpField.POLICY, "bit 17 set", bytes);
    require(
        version > NEWEST_VERSION || !policy.hasUnknownBits(),
        SnpField.POLICY,
        "no bit above 25",
        bytes);
    return new SnpReport(bytes, policy, SnpKeyInfo.read(bytes), SnpSignature.read(signature));
  }

  /** All 1184 octets as they were parsed. */
  public Bytes raw() {
    return raw;
  }

  /** The octets that the signature covers: 0x000 to 0x29F. */
  public Bytes signedBytes() {
    return raw.slice(0, SnpField.SIGNATURE.offsetBytes());
  }

  /** The layout version that the report states. */
  public long version() {
    return SnpField.VERSION.numberOf(raw);
  }

  /** Whether every field of this version is understood here. */
  public boolean isKnownVersion() {
    return version() <= NEWEST_VERSION;
  }

  /** The security version of the guest, an unsigned 32-bit number that its owner chose. */
  public long guestSvn() {
    return SnpField.GUEST_SVN.numberOf(raw);
  }

  /** What the guest's owner allowed when it was launched. */
  public SnpGuestPolicy policy() {
    return policy;
  }

  /** The privilege level that asked for the report, 0 to 3, or 0xFFFFFFFF for the host. */
  public long vmpl() {
    return SnpField.VMPL.numberOf(raw);
  }

  /** What the platform has switched on. */
  public SnpPlatformInfo platformInfo() {
    return new SnpPlatformInfo(SnpField.PLATFORM_INFO.numberOf(raw));
  }

  /** Which key signed the report. */
  public SnpKeyInfo keyInfo() {
    return keyInfo;
  }

  /** The TCB that the platform owner reports; the one the endorsement key is derived from. */
  public TcbVersion reportedTcb() {
    return new TcbVersion(SnpField.REPORTED_TCB.numberOf(raw));
  }

  /** The TCB below which the platform can no longer be rolled back. */
  public TcbVersion committedTcb() {
    return new TcbVersion(SnpField.COMMITTED_TCB.numberOf(raw));
  }

  /** The TCB that runs; may be higher than the reported one. */
  public TcbVersion currentTcb() {
    return new TcbVersion(SnpField.CURRENT_TCB.numberOf(raw));
  }

  /** The current TCB at the time the guest was launched. */
  public TcbVersion launchTcb() {
    return new TcbVersion(SnpField.LAUNCH_TCB.numberOf(raw));
  }

  /** The octets of any field, as its layout has them. */
  public Bytes field(SnpField field) {
    return field.of(raw);
  }

  /** REPORT_DATA, 64 octets that the requester of the report chose. */
  public Bytes reportData() {
    return SnpField.REPORT_DATA.of(raw);
  }

  /** MEASUREMENT, the SHA-384 launch digest of the guest. */
  public Bytes launchMeasurement() {
    return SnpField.MEASUREMENT.of(raw);
  }

  /** HOST_DATA, 32 octets that the hypervisor gave at launch. */
  public Bytes hostData() {
    return SnpField.HOST_DATA.of(raw);
  }

  /** CHIP_ID, 64 octets; zero where the platform hides it. */
  public Bytes chipId() {
    return SnpField.CHIP_ID.of(raw);
  }

  /** Version of the firmware that runs. */
  public SnpFirmwareVersion currentFirmware() {
    return SnpFirmwareVersion.read(SnpField.CURRENT_VERSION.of(raw));
  }

  /** Version of the firmware that is committed. */
  public SnpFirmwareVersion committedFirmware() {
    return SnpFirmwareVersion.read(SnpField.COMMITTED_VERSION.of(raw));
  }

  /** Family, model and stepping of the processor; absent in version 2. */
  public Optional<SnpCpuid> cpuid() {
    if (version() < FIRST_VERSION_WITH_CPUID) {
      return Optional.empty();
    }
    return Optional.of(
        new SnpCpuid(
            (int) SnpField.CPUID_FAM_ID.numberOf(raw),
            (int) SnpField.CPUID_MOD_ID.numberOf(raw),
            (int) SnpField.CPUID_STEP.numberOf(raw)));
  }

  /** Mitigations in force when the guest was launched, a bit each; absent before version 5. */
  public OptionalLong launchMitigationVector() {
    return sinceMitigations(SnpField.LAUNCH_MIT_VECTOR);
  }

  /** Mitigations in force now, a bit each; absent before version 5. */
  public OptionalLong currentMitigationVector() {
    return sinceMitigations(SnpField.CURRENT_MIT_VECTOR);
  }

  /** The signature over {@link #signedBytes()}. */
  public SnpSignature signature() {
    return signature;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SnpReport that && raw.equals(that.raw);
  }

  @Override
  public int hashCode() {
    return raw.hashCode();
  }

  /** The version and the report id, not the content. */
  @Override
  public String toString() {
    return FORMAT + " v" + version() + " " + SnpField.REPORT_ID.of(raw).hex();
  }

  private OptionalLong sinceMitigations(SnpField field) {
    return version() < FIRST_VERSION_WITH_MITIGATIONS
        ? OptionalLong.empty()
        : OptionalLong.of(field.numberOf(raw));
  }

  private static void requireDefinedNumbers(Bytes bytes) throws EvidenceFormatException {
    long vmpl = SnpField.VMPL.numberOf(bytes);
    require(
        vmpl <= HIGHEST_VMPL || vmpl == VMPL_OF_HOST, SnpField.VMPL, "0 to 3 or 0xffffffff", bytes);
    require(
        SnpField.SIGNATURE_ALGO.numberOf(bytes) == ECDSA_P384_SHA384,
        SnpField.SIGNATURE_ALGO,
        "1 (ECDSA P-384 with SHA-384)",
        bytes);
  }

  private static void require(boolean holds, SnpField field, String expected, Bytes bytes)
      throws EvidenceFormatException {
    if (!holds) {
      String found = "0x" + field.of(bytes).reversed().hex();
      throw new EvidenceFormatException(FORMAT, field.offsetBytes(), field.name(), expected, found);
    }
  }
}
