package dev.keygate.emulator.fault;

/** The hosts of a lab's vaults and Managed HSMs, by their names. */
public interface VaultHosts {

  /**
   * A vault's host.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  String hostOf(String vault);
}
