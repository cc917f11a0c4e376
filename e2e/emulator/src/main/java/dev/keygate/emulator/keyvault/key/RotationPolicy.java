package dev.keygate.emulator.keyvault.key;

import java.time.Period;
import java.util.List;
import java.util.Optional;

/**
 * When a key rotates by itself, and how long a rotated version is valid. Notices are sent to
 * nobody.
 *
 * @param expiry how long a new version is valid
 * @param actions at most one of each type
 * @param created seconds since the epoch; empty for a vault's default
 * @param updated seconds since the epoch; empty for a vault's default
 */
public record RotationPolicy(
    Optional<Period> expiry,
    List<LifetimeAction> actions,
    Optional<Long> created,
    Optional<Long> updated) {

  /** What a key has for which nobody set one: a notice 30 days before it expires. */
  public static final RotationPolicy DEFAULT =
      new RotationPolicy(
          Optional.empty(),
          List.of(
              new LifetimeAction(
                  LifetimeAction.Type.NOTIFY,
                  LifetimeAction.Trigger.TIME_BEFORE_EXPIRY,
                  Period.ofDays(30))),
          Optional.empty(),
          Optional.empty());

  public RotationPolicy {
    actions = List.copyOf(actions);
  }
}
