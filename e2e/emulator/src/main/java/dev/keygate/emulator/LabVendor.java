package dev.keygate.emulator;

import dev.keygate.emulator.maa.evidence.ComplianceStatus;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.snp.SnpProduct;
import dev.keygate.evidence.testing.SnpReportBuilder;
import dev.keygate.evidence.testing.SoftwareAmd;
import dev.keygate.evidence.testing.SoftwareAmdFolder;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** The processor vendor in software that endorses the lab's machines; its keys outlive the lab. */
final class LabVendor {

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

  static SoftwareAmd open(LabFolder folder, LabSetup setup) throws IOException {
    return new SoftwareAmdFolder(folder.state().resolve("amd"), setup.random())
        .openOrCreate(
            SnpProduct.MILAN, KEY_SIZE_BITS, setup.time().now().minus(Duration.ofDays(1)));
  }
}
