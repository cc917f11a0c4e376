package dev.keygate.emulator.thim;

/** When the next update of Intel's collateral is due. */
public enum CollateralDates {
  /** In thirty days. */
  CURRENT,
  /** It was due yesterday: the cache serves what it has. */
  PAST
}
