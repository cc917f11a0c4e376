package dev.keygate.emulator.platform;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.snp.SnpField;
import dev.keygate.evidence.snp.TcbVersion;
import dev.keygate.evidence.testing.EndorsementDefect;
import dev.keygate.evidence.testing.HclReportBuilder;
import dev.keygate.evidence.testing.SnpReportBuilder;
import dev.keygate.evidence.testing.SoftwareAmd;
import dev.keygate.evidence.testing.SoftwareVcek;
import java.security.interfaces.RSAPublicKey;

/** The layer below the guest that owns the hardware: writes HCL reports around SNP reports. */
final class Paravisor {

  private static final long DEBUG_ALLOWED = 1L << 19;
  private static final long ONE_MICROCODE_LEVEL = 1L << 56;

  private final MachineDescription machine;
  private final RSAPublicKey attestationKey;
  private final SoftwareVcek vcek;
  private final SoftwareVcek served;

  Paravisor(MachineDescription machine, SoftwareAmd amd, RSAPublicKey attestationKey) {
    this.machine = machine;
    this.attestationKey = attestationKey;
    EndorsementDefect defect = machine.defects().endorsement();
    this.vcek =
        defect == EndorsementDefect.NONE
            ? amd.vcek(machine.hardwareId(), machine.tcb())
            : amd.defectiveVcek(machine.hardwareId(), machine.tcb(), defect);
    boolean stale = machine.defects().platform() == PlatformDefect.STALE_COLLATERAL;
    this.served = stale ? amd.vcek(machine.hardwareId(), olderTcb(machine.tcb())) : vcek;
  }

  /** The content of the HCL report's NV index. */
  Bytes report(Bytes userData) {
    long policy = SnpReportBuilder.AZURE_POLICY;
    boolean debug = machine.launch().debug() == DebugMode.ENABLED;
    SnpReportBuilder hardware =
        SnpReportBuilder.of(vcek)
            .with(SnpField.POLICY, debug ? policy | DEBUG_ALLOWED : policy)
            .defect(machine.defects().snp());
    HclReportBuilder report =
        HclReportBuilder.of(hardware, attestationKey)
            .vmUniqueId(machine.vmId().toString())
            .userData(userData)
            .defect(machine.defects().hcl());
    if (machine.launch().secureBoot() == SecureBootMode.DISABLED) {
      report.withoutSecureBoot();
    }
    return report.build();
  }

  /** What the host serves to endorse the reports. */
  AmdCertification certification() {
    String vcekPem = served.certificatePem();
    String issuersPem = served.chainPem().substring(vcekPem.length());
    return new AmdCertification(vcekPem, issuersPem, served.chip().tcb().hex());
  }

  private static TcbVersion olderTcb(TcbVersion tcb) {
    return new TcbVersion(tcb.raw() - ONE_MICROCODE_LEVEL);
  }
}
