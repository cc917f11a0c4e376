package dev.keygate.emulator;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.snp.SnpProduct;
import dev.keygate.evidence.testing.SnpReportBuilder;
import dev.keygate.evidence.testing.SoftwareAmd;
import dev.keygate.evidence.testing.SoftwareAmdFolder;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;

/** The processor vendor in software that endorses the lab's machines; its keys outlive the lab. */
final class LabVendor {

  // The vendor's own keys have 4096 bits, which take seconds to make and prove nothing more here.
  private static final int KEY_SIZE_BITS = 2048;

  /** Launch measurements of the paravisors that the lab's machines run. */
  static final Set<Bytes> PARAVISORS = Set.of(SnpReportBuilder.PARAVISOR_MEASUREMENT);

  private LabVendor() {}

  static SoftwareAmd open(LabFolder folder, LabSetup setup) throws IOException {
    return new SoftwareAmdFolder(folder.state().resolve("amd"), setup.random())
        .openOrCreate(
            SnpProduct.MILAN, KEY_SIZE_BITS, setup.time().now().minus(Duration.ofDays(1)));
  }
}
