package dev.keygate.azure.keyvault;

import java.time.Instant;
import java.util.Optional;

/**
 * When a key may be used. Release works outside the times too, not while disabled.
 *
 * @param enabled whether it may be used at all
 * @param notBefore whole seconds
 * @param expires whole seconds
 */
public record KeyLifetime(boolean enabled, Optional<Instant> notBefore, Optional<Instant> expires) {

  /** Enabled, for ever. */
  public static final KeyLifetime UNLIMITED =
      new KeyLifetime(true, Optional.empty(), Optional.empty());
}
