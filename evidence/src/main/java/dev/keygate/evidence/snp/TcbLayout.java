package dev.keygate.evidence.snp;

import java.util.Map;

/** Which octet of a TCB_VERSION belongs to which component; the order differs between products. */
public enum TcbLayout {
  /** Milan and Genoa. */
  MILAN_GENOA,
  /** Turin, the first with an FMC. */
  TURIN;

  private static final Map<TcbComponent, Integer> MILAN_GENOA_INDEXES =
      Map.of(
          TcbComponent.BOOTLOADER, 0,
          TcbComponent.TEE, 1,
          TcbComponent.SNP, 6,
          TcbComponent.MICROCODE, 7);

  private static final Map<TcbComponent, Integer> TURIN_INDEXES =
      Map.of(
          TcbComponent.FMC, 0,
          TcbComponent.BOOTLOADER, 1,
          TcbComponent.TEE, 2,
          TcbComponent.SNP, 3,
          TcbComponent.MICROCODE, 7);

  /** The components this layout has and the index of the octet of each, least significant 0. */
  public Map<TcbComponent, Integer> indexes() {
    return switch (this) {
      case MILAN_GENOA -> MILAN_GENOA_INDEXES;
      case TURIN -> TURIN_INDEXES;
    };
  }
}
