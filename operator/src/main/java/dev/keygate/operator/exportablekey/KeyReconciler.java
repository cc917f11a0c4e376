package dev.keygate.operator.exportablekey;

import dev.keygate.api.v1alpha1.ExportableKey;
import dev.keygate.api.v1alpha1.ExportableKeyStatus;
import dev.keygate.api.v1alpha1.ReleasePolicy;
import dev.keygate.failure.FailureException;
import dev.keygate.failure.RefusedException;
import dev.keygate.failure.UnavailableException;
import dev.keygate.operator.cache.PrimaryCache;
import dev.keygate.operator.event.EventRecorder;
import dev.keygate.operator.metrics.ReconciliationCounter;
import dev.keygate.operator.schedule.RetrySchedule;
import dev.keygate.operator.throttle.Caller;
import dev.keygate.operator.throttle.TurnAwaitedException;
import dev.keygate.operator.throttle.Urgency;
import dev.keygate.operator.throttle.VaultTurns;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Keeps the key in the vault, the grant and the status true to an ExportableKey. Has to be
 * registered to be triggered on all events: only then does it see the deletion of objects without a
 * finalizer of the framework's.
 */
@ControllerConfiguration(name = "exportablekey")
public final class KeyReconciler implements Reconciler<ExportableKey> {

  private static final ExportableKeyStatus NEVER_WRITTEN =
      new ExportableKeyStatus(null, null, null, List.of(), null, List.of());

  private final VaultTurns vaults;
  private final KeyChronicle chronicle;
  private final RetrySchedule<ResourceID> retries;
  private final KeyTiming timing;
  private final PrimaryCache<ExportableKey> cache = new PrimaryCache<>();

  /**
   * @param vaults manage keys, by turns; nothing here can release one
   * @param timing when keys are looked at again
   */
  public KeyReconciler(
      VaultTurns vaults, EventRecorder events, ReconciliationCounter counter, KeyTiming timing) {
    this.vaults = vaults;
    this.chronicle = new KeyChronicle(events, counter);
    this.timing = timing;
    this.retries = timing.retries();
  }

  @Override
  public List<EventSource<?, ExportableKey>> prepareEventSources(
      EventSourceContext<ExportableKey> context) {
    cache.follow(context.getPrimaryCache());
    return KeySources.of(context);
  }

  /** The keys that it has seen. */
  public PrimaryCache<ExportableKey> cache() {
    return cache;
  }

  @Override
  public UpdateControl<ExportableKey> reconcile(ExportableKey key, Context<ExportableKey> context)
      throws InterruptedException {
    if (context.isPrimaryResourceDeleted()) {
      retries.forget(ResourceID.fromResource(key));
      vaults.leave(callerOf(key));
      return UpdateControl.noUpdate();
    }
    return key.isMarkedForDeletion() ? delete(key, context) : provision(key, context);
  }

  private UpdateControl<ExportableKey> provision(ExportableKey key, Context<ExportableKey> context)
      throws InterruptedException {
    SoftDeleteFinalizer.align(key, context);
    KeyObservation observation =
        new KeyObservation(
            ownerOf(key),
            key.getSpec(),
            PolicyLookup.of(
                key.getSpec().releasePolicyRef().name(),
                context.getSecondaryResource(ReleasePolicy.class)),
            new VaultState.NotAsked(),
            new VersionLedger(statusOf(key).versions(), overlapOf(key), timing.time().now()));
    Urgency urgency =
        RunUrgency.of(
            key,
            observation.policy(),
            observation.ledger().now(),
            GrantApplication.state(key, observation.policy(), context));
    KeyOutcome outcome =
        new KeyProvisioner(vaults.during(callerOf(key), urgency))
            .provision(observation, step -> chronicle.taken(key, step));
    if (urgency == Urgency.ROUTINE && outcome instanceof KeyOutcome.Queued queued) {
      return UpdateControl.<ExportableKey>noUpdate().rescheduleAfter(queued.untilTurn());
    }
    if (outcome instanceof KeyOutcome.Settled settled) {
      GrantApplication.apply(key, settled, context);
    }
    return conclude(key, outcome, context);
  }

  private UpdateControl<ExportableKey> delete(ExportableKey key, Context<ExportableKey> context)
      throws InterruptedException {
    if (!SoftDeleteFinalizer.isOn(key)) {
      return UpdateControl.noUpdate();
    }
    try {
      KeyRemoval removal = new KeyRemoval(vaults.during(callerOf(key), Urgency.AWAITED));
      chronicle.removed(key, removal.remove(ownerOf(key), key.getSpec()));
      SoftDeleteFinalizer.release(context);
      return UpdateControl.noUpdate();
    } catch (RefusedException e) {
      return conclude(
          key,
          new KeyOutcome.Stopped(KeyProvisioner.conditionOf(e.reason()), Cause.of(e)),
          context);
    } catch (TurnAwaitedException e) {
      return conclude(key, KeyOutcome.Queued.behindOthers(e), context);
    } catch (UnavailableException e) {
      return conclude(key, new KeyOutcome.Postponed(Cause.of(e), e.retryAfter()), context);
    } catch (FailureException e) {
      throw new IllegalStateException("a failure is refused or unavailable", e);
    }
  }

  private UpdateControl<ExportableKey> conclude(
      ExportableKey key, KeyOutcome outcome, Context<ExportableKey> context) {
    ExportableKeyStatus before = statusOf(key);
    ExportableKeyStatus after =
        new KeyStatusWriter(before, key.getMetadata().getGeneration(), timing.time().now())
            .write(outcome);
    if (!after.equals(before)) {
      context.resourceOperations().serverSideApplyPrimaryStatus(AppliedStatus.of(key, after));
    }
    // Told once it is written: a status that the API server refuses is tried again.
    chronicle.concluded(key, outcome, before.conditions(), after.conditions());
    if (outcome instanceof KeyOutcome.Settled settled) {
      RotationNotice.of(before.currentVersion(), settled.versions(), overlapOf(key))
          .ifPresent(notice -> chronicle.rotated(key, notice));
    }
    return UpdateControl.<ExportableKey>noUpdate().rescheduleAfter(pause(key, outcome));
  }

  private Duration pause(ExportableKey key, KeyOutcome outcome) {
    ResourceID id = ResourceID.fromResource(key);
    return switch (outcome) {
      case KeyOutcome.Queued queued -> queued.untilTurn();
      case KeyOutcome.Postponed postponed -> retries.pauseAfterFailure(id, postponed.retryAfter());
      case KeyOutcome.Stopped _ -> {
        retries.forget(id);
        vaults.leave(callerOf(key));
        yield timing.resyncInterval();
      }
      case KeyOutcome.Settled settled -> {
        retries.forget(id);
        vaults.leave(callerOf(key));
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
