package dev.keygate.operator.config;

import dev.keygate.failure.RefusedException;
import dev.keygate.operator.throttle.VaultLimits;

/** Reads how often a vault is called. */
final class VaultReading {

  private VaultReading() {}

  /**
   * Checks the numbers.
   *
   * @param clockRate how many of the vaults' seconds there are in one of ours
   */
  static VaultLimits from(OperatorSettings.Vault written, int clockRate) throws RefusedException {
    return new VaultLimits(
        calls("keygate.vault.creates-per-ten-seconds", written.createsPerTenSeconds()),
        calls("keygate.vault.requests-per-ten-seconds", written.requestsPerTenSeconds()),
        VaultLimits.WINDOW.dividedBy(clockRate));
  }

  private static int calls(String key, String text) throws RefusedException {
    String stripped = text.strip();
    if (stripped.matches("[1-9][0-9]{0,6}") && Integer.parseInt(stripped) <= VaultLimits.MOST) {
      return Integer.parseInt(stripped);
    }
    throw Refusal.of(key, "is a number from 1 to " + VaultLimits.MOST + "; found '" + text + "'");
  }
}
