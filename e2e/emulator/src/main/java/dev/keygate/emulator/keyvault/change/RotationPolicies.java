package dev.keygate.emulator.keyvault.change;

import dev.keygate.emulator.json.MalformedTextException;
import dev.keygate.emulator.keyvault.key.KeyCatalog;
import dev.keygate.emulator.keyvault.key.LifetimeAction;
import dev.keygate.emulator.keyvault.key.RotationPolicy;
import dev.keygate.emulator.keyvault.key.RotationPolicyJson;
import dev.keygate.emulator.keyvault.key.VaultKey;
import dev.keygate.emulator.keyvault.refusal.VaultRefusals;
import dev.keygate.emulator.keyvault.refusal.VaultRefusedException;
import dev.keygate.emulator.keyvault.request.KeyBody;
import dev.keygate.time.TimeSource;
import java.time.LocalDate;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Sets when a key is to rotate. */
public final class RotationPolicies {

  private static final int SHORTEST_EXPIRY_DAYS = 28;
  private static final int LONGEST_EXPIRY_DAYS = 36_500;
  private static final int SHORTEST_DISTANCE_DAYS = 7;

  private final KeyCatalog catalog;
  private final KeyChanges changes;
  private final TimeSource time;

  /** Sets policies of this catalog's keys. */
  public RotationPolicies(KeyCatalog catalog, KeyChanges changes, TimeSource time) {
    this.catalog = catalog;
    this.changes = changes;
    this.time = time;
  }

  /** The key with its new rotation policy. */
  public VaultKey set(String name, KeyBody body) throws VaultRefusedException {
    RotationPolicy sent = parse(body);
    requireValid(sent);
    synchronized (catalog) {
      VaultKey key = changes.live(name);
      long now = time.now().getEpochSecond();
      Optional<Long> created = key.rotation().flatMap(RotationPolicy::created);
      List<LifetimeAction> actions =
          sent.actions().isEmpty() ? RotationPolicy.DEFAULT.actions() : sent.actions();
      VaultKey changed =
          key.with(
              new RotationPolicy(
                  sent.expiry(), actions, Optional.of(created.orElse(now)), Optional.of(now)));
      catalog.put(changed);
      return changed;
    }
  }

  private static RotationPolicy parse(KeyBody body) throws VaultRefusedException {
    try {
      return RotationPolicyJson.read(body.json());
    } catch (MalformedTextException e) {
      throw VaultRefusals.badParameter("Invalid key rotation policy: " + e.getMessage());
    }
  }

  private static void requireValid(RotationPolicy policy) throws VaultRefusedException {
    if (policy.expiry().isPresent()
        && (days(policy.expiry().get()) < SHORTEST_EXPIRY_DAYS
            || days(policy.expiry().get()) > LONGEST_EXPIRY_DAYS)) {
      throw invalid("expiryTime is at least 28 days and at most 100 years");
    }
    if (policy.actions().stream().map(LifetimeAction::type).distinct().count()
        != policy.actions().size()) {
      throw invalid("there is at most one action of each type");
    }
    for (LifetimeAction action : policy.actions()) {
      requireValid(action, policy.expiry());
    }
  }

  private static void requireValid(LifetimeAction action, Optional<Period> expiry)
      throws VaultRefusedException {
    boolean isBeforeExpiry = action.trigger() == LifetimeAction.Trigger.TIME_BEFORE_EXPIRY;
    switch (action.type()) {
      case NOTIFY -> {
        if (!isBeforeExpiry) {
          throw invalid("a notice is triggered by timeBeforeExpiry");
        }
      }
      case ROTATE -> {
        if (days(action.distance()) < SHORTEST_DISTANCE_DAYS) {
          throw invalid("a rotation is at least 7 days from its trigger");
        }
        if (isBeforeExpiry && expiry.isEmpty()) {
          throw invalid("timeBeforeExpiry needs an expiryTime");
        }
      }
    }
    boolean isWithin =
        expiry.isEmpty() || days(expiry.get()) - days(action.distance()) >= SHORTEST_DISTANCE_DAYS;
    if (!isWithin) {
      throw invalid("a trigger is at least 7 days from creation and from expiry");
    }
  }

  private static long days(Period period) {
    return ChronoUnit.DAYS.between(LocalDate.EPOCH, LocalDate.EPOCH.plus(period));
  }

  private static VaultRefusedException invalid(String rule) {
    return VaultRefusals.badParameter("Invalid key rotation policy: " + rule + ".");
  }
}
