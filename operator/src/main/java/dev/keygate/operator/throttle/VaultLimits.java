package dev.keygate.operator.throttle;

import java.time.Duration;

/**
 * What one vault takes in any window. The defaults are Key Vault's for keys in an HSM; a Managed
 * HSM takes about as many creations and more of everything else.
 *
 * @param creates keys and versions made
 * @param requests everything else
 * @param window ten seconds, but where a lab's clock runs fast
 */
public record VaultLimits(int creates, int requests, Duration window) {

  /** What a vault counts over. */
  public static final Duration WINDOW = Duration.ofSeconds(10);

  /** As documented: 10 creations and releases together, 4,000 of the rest. */
  public static final VaultLimits DOCUMENTED = new VaultLimits(10, 4000, WINDOW);

  /** More makes no sense for a service. */
  public static final int MOST = 1_000_000;

  /** Comparing what nobody changed gets one request in so many. */
  private static final int RESYNC_SHARE = 100;

  /** A run that only compares reads the key, and lists its versions while an overlap may run. */
  private static final int RESYNC_REQUESTS = 2;

  /** Checks the bounds. */
  public VaultLimits {
    if (creates < 1 || creates > MOST || requests < 1 || requests > MOST) {
      throw new IllegalArgumentException("a vault takes 1 to " + MOST + " calls");
    }
  }

  Allowance of(VaultCall call) {
    int calls =
        switch (call) {
          case CREATE -> creates;
          case REQUEST -> requests;
          case RESYNC -> Math.max(1, requests / (RESYNC_SHARE * RESYNC_REQUESTS));
        };
    return new Allowance(calls, window);
  }
}
