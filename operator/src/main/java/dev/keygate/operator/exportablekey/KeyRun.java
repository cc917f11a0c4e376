package dev.keygate.operator.exportablekey;

import dev.keygate.api.v1alpha1.ExportableKey;
import dev.keygate.api.v1alpha1.ExportableKeyStatus;
import dev.keygate.contract.Grant;
import dev.keygate.failure.FailureException;
import dev.keygate.operator.throttle.Caller;
import dev.keygate.operator.throttle.Urgency;
import dev.keygate.operator.throttle.VaultTurns;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One run for one ExportableKey: observe, decide, act, report. Remembers nothing but how often a
 * run failed in a row, so that a process that dies at any point is replaced by another one. Safe
 * for use by several threads, one run per object at a time.
 */
final class KeyRun {

  private static final ExportableKeyStatus NEVER_WRITTEN =
      new ExportableKeyStatus(null, null, null, List.of(), null, List.of());

  private final VaultTurns vaults;
  private final KeyTurns turns = new KeyTurns();
  private final KeyChronicle chronicle;
  private final KeyTiming timing;

  KeyRun(VaultTurns vaults, KeyChronicle chronicle, KeyTiming timing) {
    this.vaults = vaults;
    this.chronicle = chronicle;
    this.timing = timing;
  }

  /**
   * Runs.
   *
   * @param key the object as it was last seen
   * @return when to look at it again; empty if there is nothing left to look at
   */
  Optional<Duration> run(ExportableKey key, KeyCluster cluster) throws InterruptedException {
    return key.isMarkedForDeletion() ? delete(key, cluster) : Optional.of(provision(key, cluster));
  }

  /** The object is gone. */
  void forget(ExportableKey key) {
    timing.retries().forget(ResourceID.fromResource(key));
    vaults.leave(callerOf(key));
  }

  private Duration provision(ExportableKey key, KeyCluster cluster) throws InterruptedException {
    SoftDeleteFinalizer.align(key, cluster);
    KeyObservation observation =
        new KeyObservation(
            ownerOf(key),
            key.getSpec(),
            PolicyLookup.of(key.getSpec().releasePolicyRef().name(), cluster.policy()),
            new VaultState.NotAsked(),
            new VersionLedger(statusOf(key).versions(), overlapOf(key), timing.time().now()));
    Optional<Grant> inPlace = GrantApplication.inPlace(key, observation.policy(), cluster);
    Urgency urgency =
        RunUrgency.of(
            key,
            observation.policy(),
            observation.ledger().now(),
            inPlace.isPresent()
                ? RunUrgency.GrantState.AS_STATUS_SAYS
                : RunUrgency.GrantState.DIFFERENT);
    KeyOutcome outcome =
        new KeyProvisioner(vaults.during(callerOf(key), urgency), turns)
            .provision(observation, step -> chronicle.taken(key, step));
    if (urgency == Urgency.ROUTINE && outcome instanceof KeyOutcome.Queued queued) {
      return queued.untilTurn();
    }
    if (outcome instanceof KeyOutcome.Settled settled) {
      GrantApplication.apply(key, settled, cluster, inPlace);
    }
    return conclude(key, outcome, cluster);
  }

  private Optional<Duration> delete(ExportableKey key, KeyCluster cluster)
      throws InterruptedException {
    if (!SoftDeleteFinalizer.isOn(key)) {
      return Optional.empty();
    }
    try {
      KeyRemoval removal = new KeyRemoval(vaults.during(callerOf(key), Urgency.AWAITED), turns);
      chronicle.removed(key, removal.remove(ownerOf(key), key.getSpec()));
      SoftDeleteFinalizer.release(cluster);
      return Optional.empty();
    } catch (FailureException e) {
      return Optional.of(conclude(key, KeyOutcome.of(e), cluster));
    }
  }

  private Duration conclude(ExportableKey key, KeyOutcome found, KeyCluster cluster) {
    ExportableKeyStatus before = statusOf(key);
    KeyOutcome outcome =
        new PermissionPatience(before.conditions(), timing.time().now()).judge(found);
    ExportableKeyStatus after =
        new KeyStatusWriter(before, key.getMetadata().getGeneration(), timing.time().now())
            .write(outcome);
    if (!after.equals(before)) {
      cluster.applyStatus(AppliedStatus.of(key, after));
    }
    // Told once it is written: a status that the API server refuses is tried again.
    chronicle.concluded(key, outcome, before.conditions(), after.conditions());
    if (outcome instanceof KeyOutcome.Settled settled) {
      RotationNotice.of(before.currentVersion(), settled.versions(), overlapOf(key))
          .ifPresent(notice -> chronicle.rotated(key, notice));
    }
    return pause(key, outcome);
  }

  private Duration pause(ExportableKey key, KeyOutcome outcome) {
    ResourceID id = ResourceID.fromResource(key);
    return switch (outcome) {
      case KeyOutcome.Queued queued -> queued.untilTurn();
      case KeyOutcome.Postponed postponed ->
          timing.retries().pauseAfterFailure(id, postponed.retryAfter());
      case KeyOutcome.AwaitingPermission _ ->
          timing.retries().pauseAfterFailure(id, Optional.empty());
      case KeyOutcome.Stopped _ -> {
        forget(key);
        yield timing.resyncInterval();
      }
      case KeyOutcome.Settled settled -> {
        forget(key);
        yield timing.untilNextLook(settled.versions().nextChange());
      }
    };
  }

  private static ExportableKeyStatus statusOf(ExportableKey key) {
    return Objects.requireNonNullElse(key.getStatus(), NEVER_WRITTEN);
  }

  private static Duration overlapOf(ExportableKey key) {
    return Duration.ofSeconds(key.getSpec().rotation().overlapSeconds());
  }

  private static Caller callerOf(ExportableKey key) {
    return new Caller(key.getMetadata().getNamespace(), key.getMetadata().getName());
  }

  private static Owner ownerOf(ExportableKey key) {
    return new Owner(
        key.getMetadata().getNamespace(), key.getMetadata().getName(), key.getMetadata().getUid());
  }
}
