package dev.keygate.azure.thim;

import java.time.Duration;

/**
 * How long collateral is kept, and how much of it.
 *
 * @param staleIfError how long after its time collateral is still given while no source has newer
 *     one; zero for never
 * @param platforms for how many chips and TCBs at most; the one asked for longest ago goes first
 */
public record CollateralLimits(Duration staleIfError, int platforms) {

  /**
   * A week, in which the endorsement of a chip at a TCB does not change and may only be revoked;
   * eight platforms, of which a machine has one, and another one after each update of its host.
   */
  public static final CollateralLimits DEFAULT = new CollateralLimits(Duration.ofDays(7), 8);

  /** Checks the limits. */
  public CollateralLimits {
    if (staleIfError.isNegative() || platforms < 1) {
      throw new IllegalArgumentException("the limits of the cache contradict each other");
    }
  }
}
