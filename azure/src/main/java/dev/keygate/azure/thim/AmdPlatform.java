package dev.keygate.azure.thim;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.snp.SnpProduct;
import dev.keygate.evidence.snp.SnpReport;
import dev.keygate.evidence.snp.TcbVersion;
import java.util.List;

/**
 * Whose endorsement is needed: a chip at the TCB that its report states as <em>reported</em>. The
 * current TCB may be higher and is never meant.
 *
 * @param chipId CHIP_ID, 64 octets
 * @param reportedTcb REPORTED_TCB
 * @param products the lines that the chip may belong to: one where the report states CPUID, else
 *     those that made reports of version 2
 */
public record AmdPlatform(Bytes chipId, TcbVersion reportedTcb, List<SnpProduct> products) {

  private static final List<SnpProduct> BEFORE_CPUID = List.of(SnpProduct.MILAN, SnpProduct.GENOA);

  /** Copies the list. */
  public AmdPlatform {
    products = List.copyOf(products);
  }

  /** The platform of a report, which need not be verified: what is fetched for it will be. */
  public static AmdPlatform of(SnpReport report) {
    List<SnpProduct> products =
        report.cpuid().map(cpuid -> SnpProduct.of(cpuid).stream().toList()).orElse(BEFORE_CPUID);
    return new AmdPlatform(report.chipId(), report.reportedTcb(), products);
  }

  /** Whether the platform hides its chip, so that nothing can be asked for by chip id. */
  public boolean isChipHidden() {
    return chipId.isZero();
  }
}
