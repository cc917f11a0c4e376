package dev.keygate.evidence.snp;

import java.util.Optional;

/** A processor line with a root and a TCB layout of its own. */
public enum SnpProduct {
  /** EPYC 7003. */
  MILAN("Milan", TcbLayout.MILAN_GENOA, 64),
  /**
   * EPYC 9004 and 8004: Bergamo and Siena have Genoa's root, layout and name in the key service.
   */
  GENOA("Genoa", TcbLayout.MILAN_GENOA, 64),
  /** EPYC 9005. */
  TURIN("Turin", TcbLayout.TURIN, 8);

  private static final int FAMILY_ZEN3_ZEN4 = 0x19;
  private static final int FAMILY_ZEN5 = 0x1A;

  private final String vendorName;
  private final TcbLayout tcbLayout;
  private final int hardwareIdBytes;

  SnpProduct(String vendorName, TcbLayout tcbLayout, int hardwareIdBytes) {
    this.vendorName = vendorName;
    this.tcbLayout = tcbLayout;
    this.hardwareIdBytes = hardwareIdBytes;
  }

  /** The line by CPUID; empty for a processor that is not known here. */
  public static Optional<SnpProduct> of(SnpCpuid cpuid) {
    int model = cpuid.model();
    return switch (cpuid.family()) {
      case FAMILY_ZEN3_ZEN4 -> {
        if (model <= 0x0F) {
          yield Optional.of(MILAN);
        }
        boolean genoa = model <= 0x1F || (model >= 0xA0 && model <= 0xAF);
        yield genoa ? Optional.of(GENOA) : Optional.empty();
      }
      case FAMILY_ZEN5 -> model <= 0x11 ? Optional.of(TURIN) : Optional.empty();
      default -> Optional.empty();
    };
  }

  /** The line by the product name of an endorsement certificate, with or without a stepping. */
  public static Optional<SnpProduct> ofName(String productName) {
    int dash = productName.indexOf('-');
    String line = dash < 0 ? productName : productName.substring(0, dash);
    return switch (line) {
      case "Milan" -> Optional.of(MILAN);
      case "Genoa", "Bergamo", "Siena" -> Optional.of(GENOA);
      case "Turin" -> Optional.of(TURIN);
      default -> Optional.empty();
    };
  }

  /** The name AMD uses in certificates and in its key service. */
  public String vendorName() {
    return vendorName;
  }

  /** How a TCB_VERSION is laid out. */
  public TcbLayout tcbLayout() {
    return tcbLayout;
  }

  /** How many octets of CHIP_ID identify the chip; the rest is zero. */
  public int hardwareIdBytes() {
    return hardwareIdBytes;
  }
}
