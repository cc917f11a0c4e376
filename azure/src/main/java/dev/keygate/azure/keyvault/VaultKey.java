package dev.keygate.azure.keyvault;

import dev.keygate.endpoint.KeyIdentifier;
import java.time.Instant;
import java.util.Optional;

/**
 * A version of a key, without any key material.
 *
 * @param id with version
 * @param shape what kind of key it is
 * @param properties what may be changed
 * @param recorded what the vault keeps beside
 */
public record VaultKey(
    KeyIdentifier id, KeyShape shape, KeyProperties properties, Recorded recorded) {

  /**
   * What the vault keeps beside.
   *
   * @param exportable decided when the name was first used, for good
   * @param releasePolicy present where exportable
   * @param created when this version was made
   * @param updated when it was last changed
   */
  public record Recorded(
      boolean exportable,
      Optional<VaultReleasePolicy> releasePolicy,
      Instant created,
      Instant updated) {}
}
