package dev.keygate.sidecar.release;

import dev.keygate.contract.GrantedVersion;
import dev.keygate.endpoint.KeyVersion;
import dev.keygate.failure.FailureException;
import dev.keygate.policy.ReleasePolicyDocument;
import dev.keygate.sidecar.delivery.KeySink;
import dev.keygate.sidecar.logkey.LogKeys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is held, and under which policy it was released. Under another one it has to be released
 * again: the new policy may not admit this machine.
 *
 * <p>Whoever may write ConfigMaps writes the policy that is known here. So it gives a reason to ask
 * the vault, and nothing is withdrawn but what the vault itself denies.
 *
 * <p>Not safe for use by several threads.
 */
final class HeldKeys {

  private static final Logger LOG = LoggerFactory.getLogger(HeldKeys.class);

  private final KeySink sink;
  private final Map<String, Map<KeyVersion, Optional<ReleasePolicyDocument>>> policies =
      new HashMap<>();

  HeldKeys(KeySink sink) {
    this.sink = sink;
  }

  /** The releases of a plan that are not done, or were done under another policy. */
  List<KeyTarget> unproven(KeyPlan plan) {
    return plan.targets().stream()
        .filter(t -> t.key().version().filter(version -> isProven(t, version)).isEmpty())
        .toList();
  }

  private boolean isProven(KeyTarget target, KeyVersion version) {
    return sink.has(target.name(), version)
        && target.policy().equals(policiesOf(target.name()).get(version));
  }

  /**
   * Whether all that a plan asks for is a new version beside one that is served and stays granted:
   * then the fetch can wait for its turn.
   */
  boolean isPatient(KeyPlan plan) {
    List<KeyTarget> unproven = unproven(plan);
    return plan.fetchWithin().isPositive()
        && !unproven.isEmpty()
        && unproven.size() < plan.granted().size()
        && sink.serves(plan.pin().name())
        && unproven.stream().noneMatch(t -> sink.has(t.name(), t.key().version().orElseThrow()));
  }

  /**
   * What the vault has to be asked about after some releases of a plan were denied: the denied ones
   * that are here, and those that are here and granted no longer, which stay only because nothing
   * took their place.
   *
   * @throws FailureException {@code DeliveryFailed} if it cannot be found out what is here
   */
  List<KeyTarget> doubtful(KeyPlan plan, Map<KeyTarget, ReleaseOutcome> outcomes)
      throws FailureException {
    if (outcomes.values().stream().noneMatch(RetryDecider::isDenial)) {
      return List.of();
    }
    Set<KeyVersion> granted =
        plan.granted().stream().map(GrantedVersion::version).collect(Collectors.toSet());
    List<KeyTarget> doubtful = new ArrayList<>();
    for (KeyVersion version : sink.present(plan.pin().name())) {
      KeyTarget target =
          new KeyTarget(plan.pin().name(), plan.pin().key().at(version), plan.policy());
      ReleaseOutcome outcome = outcomes.get(target);
      if (outcome == null ? !granted.contains(version) : RetryDecider.isDenial(outcome)) {
        doubtful.add(target);
      }
    }
    return doubtful;
  }

  /** Takes note of what was released under a plan's policy, and forgets what is gone. */
  void note(Map<KeyTarget, ReleaseOutcome> outcomes) {
    outcomes.forEach(
        (target, outcome) -> {
          if (outcome instanceof ReleaseOutcome.Released released) {
            policies
                .computeIfAbsent(target.name(), _ -> new HashMap<>())
                .put(released.key().version().orElseThrow(), target.policy());
          }
        });
  }

  /** Forgets the policies of what is held no longer. */
  void forgetGone(String name) {
    policiesOf(name).keySet().removeIf(version -> !sink.has(name, version));
  }

  /**
   * Wipes a version that the vault denies.
   *
   * @throws FailureException {@code DeliveryFailed} if a part of it is still there
   */
  void withdraw(KeyTarget target) throws FailureException {
    KeyVersion version = target.key().version().orElseThrow();
    sink.withdraw(target.name(), version);
    policiesOf(target.name()).remove(version);
    LOG.atWarn()
        .addKeyValue(LogKeys.NAME, target.name())
        .addKeyValue(LogKeys.KEY, target.key())
        .log("Key withdrawn: the vault denies it to this machine");
  }

  private Map<KeyVersion, Optional<ReleasePolicyDocument>> policiesOf(String name) {
    return policies.computeIfAbsent(name, _ -> new HashMap<>());
  }
}
