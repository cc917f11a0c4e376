package dev.keygate.emulator;

import dev.keygate.emulator.maa.evidence.ComplianceStatus;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.snp.SnpProduct;
import dev.keygate.evidence.testing.SnpReportBuilder;
import dev.keygate.evidence.testing.SoftwareAmd;
import dev.keygate.evidence.testing.SoftwareAmdFolder;
import dev.keygate.evidence.testing.SoftwareIntel;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** The processor vendors in software. The keys of the one of the lab's machines outlive the lab. */
final class LabVendor {

  private static final Duration A_DAY = Duration.ofDays(1);

  // The vendor's own keys have 4096 bits, which take seconds to make and prove nothing more here.
  private static final int KEY_SIZE_BITS = 2048;

  /** Launch measurements that the lab's attestation providers know, of SNP and of TDX. */
  static final Map<Bytes, ComplianceStatus> MEASUREMENTS =
      Map.of(
          SnpReportBuilder.PARAVISOR_MEASUREMENT,
          ComplianceStatus.CVM,
          Bytes.ofUtf8("software utility machine").sha384(),
          ComplianceStatus.UVM);

  private LabVendor() {}

  /** The vendor of TDX platforms, a new one at each start. */
  static SoftwareIntel intel(LabSetup setup) {
    return SoftwareIntel.create(setup.time().now().minus(A_DAY), setup.random());
  }

  static SoftwareAmd open(LabFolder folder, LabSetup setup) throws IOException {
    return new SoftwareAmdFolder(folder.state().resolve("amd"), setup.random())
        .openOrCreate(SnpProduct.MILAN, KEY_SIZE_BITS, setup.time().now().minus(A_DAY));
  }
}
