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
import java.util.Optional;

/** The layer below the guest that owns the hardware: writes HCL reports around SNP reports. */
final class Paravisor {

  private static final long DEBUG_ALLOWED = 1L << 19;
  private static final long ONE_MICROCODE_LEVEL = 1L << 56;

  private final MachineDescription machine;
  private final RSAPublicKey attestationKey;
  private final SoftwareVcek vcek;
  private final SoftwareAmd amd;

  Paravisor(MachineDescription machine, SoftwareAmd amd, RSAPublicKey attestationKey) {
    this.machine = machine;
    this.attestationKey = attestationKey;
    this.amd = amd;
    EndorsementDefect defect = machine.defects().endorsement();
    this.vcek =
        defect == EndorsementDefect.NONE
            ? amd.vcek(machine.hardwareId(), machine.tcb())
            : amd.defectiveVcek(machine.hardwareId(), machine.tcb(), defect);
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
  AmdCertification certification(CollateralAge age) {
    SoftwareVcek served = served(age);
    String vcekPem = served.certificatePem();
    String issuersPem = served.chainPem().substring(vcekPem.length());
    return new AmdCertification(vcekPem, issuersPem, served.chip().tcb().hex());
  }

  /** VCEK, ASK and ARK of this chip at a TCB that it has or had; empty for any other. */
  Optional<String> chainPem(Bytes chipId, TcbVersion tcb) {
    if (!chipId.equals(vcek.chipId())) {
      return Optional.empty();
    }
    for (CollateralAge age : CollateralAge.values()) {
      if (tcb.equals(tcbOf(age))) {
        return Optional.of(served(age).chainPem());
      }
    }
    return Optional.empty();
  }

  private SoftwareVcek served(CollateralAge age) {
    return age == CollateralAge.MATCHING ? vcek : amd.vcek(machine.hardwareId(), tcbOf(age));
  }

  private TcbVersion tcbOf(CollateralAge age) {
    long raw = machine.tcb().raw();
    return switch (age) {
      case MATCHING -> machine.tcb();
      case OLDER -> new TcbVersion(raw - ONE_MICROCODE_LEVEL);
      case NEWER -> new TcbVersion(raw + ONE_MICROCODE_LEVEL);
    };
  }
}
