package dev.keygate.sidecar.release;

import dev.keygate.endpoint.KeyIdentifier;

/**
 * A key that this process may release, fixed in its settings: nothing that is read later can make
 * it another key, vault or name.
 *
 * @param name what the pod calls the key
 * @param key its base identifier
 */
public record KeyPin(String name, KeyIdentifier key) {
  /**
   * @throws IllegalArgumentException if the identifier has a version
   */
  public KeyPin {
    if (key.version().isPresent()) {
      throw new IllegalArgumentException("a pin is a base identifier, without a version");
    }
  }
}
