package dev.keygate.operator.exportablekey;

import dev.keygate.azure.keyvault.KeyManagementClient;
import dev.keygate.azure.keyvault.VaultKey;
import dev.keygate.condition.ConditionType;
import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.failure.UnavailableException;
import dev.keygate.operator.throttle.TurnAwaitedException;
import java.util.Optional;

/**
 * Takes the decider's steps until there is none left. After each change the key is read back: what
 * the vault holds counts, not what it was told. Safe for use by several threads.
 */
final class KeyProvisioner {

  /**
   * The longest way is thirteen: look, create, recover, look, trace, properties, look, policy,
   * look, properties, look, list, settle. A key that needs more is being changed by somebody else
   * as well.
   */
  private static final int MAX_STEPS = 14;

  private final KeyManagementClient vault;

  KeyProvisioner(KeyManagementClient vault) {
    this.vault = vault;
  }

  /**
   * Brings a key to what its spec says.
   *
   * @param start what is known; the vault has not been asked
   * @param listener is told what changed
   */
  KeyOutcome provision(KeyObservation start, StepListener listener) throws InterruptedException {
    KeyObservation observation = start;
    for (int step = 0; step < MAX_STEPS; step++) {
      switch (KeyDecider.decide(observation)) {
        case KeyDecision.Settle settle -> {
          return new KeyOutcome.Settled(settle.key(), settle.policy(), settle.versions());
        }
        case KeyDecision.Refuse refuse -> {
          return new KeyOutcome.Stopped(refuse.at(), refuse.cause());
        }
        case KeyDecision.Step next -> {
          try {
            observation = observation.with(take(next, listener));
          } catch (RefusedException e) {
            return new KeyOutcome.Stopped(conditionOf(next, e.reason()), Cause.of(e));
          } catch (TurnAwaitedException e) {
            return KeyOutcome.Queued.behindOthers(e);
          } catch (UnavailableException e) {
            return new KeyOutcome.Postponed(Cause.of(e), e.retryAfter());
          } catch (FailureException e) {
            throw new IllegalStateException("a failure is refused or unavailable", e);
          }
        }
      }
    }
    return unsettled(observation);
  }

  private VaultState take(KeyDecision.Step step, StepListener listener)
      throws FailureException, InterruptedException {
    return switch (step) {
      case KeyDecision.Look look -> look(look);
      case KeyDecision.Create create -> create(create, listener);
      case KeyDecision.Recover recover -> {
        vault.recover(recover.key());
        yield changed(recover, listener);
      }
      case KeyDecision.CorrectProperties correct -> {
        vault.update(correct.key(), correct.properties());
        yield changed(correct, listener);
      }
      case KeyDecision.CorrectPolicy correct -> {
        vault.patchPolicy(correct.key(), correct.policy());
        yield changed(correct, listener);
      }
      case KeyDecision.Trace trace ->
          new VaultState.Traced(trace.found(), find(trace.key().at(trace.earlier())));
      case KeyDecision.ListVersions list ->
          new VaultState.Listed(list.found(), vault.versions(list.key()));
    };
  }

  private VaultState look(KeyDecision.Look look) throws FailureException, InterruptedException {
    Optional<VaultKey> found = find(look.key());
    return found.isPresent() ? new VaultState.Present(found.get()) : new VaultState.Absent();
  }

  private Optional<VaultKey> find(KeyIdentifier key) throws FailureException, InterruptedException {
    try {
      return Optional.of(vault.get(key));
    } catch (RefusedException e) {
      if (e.reason() == Reason.KeyNotFound) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private VaultState create(KeyDecision.Create create, StepListener listener)
      throws FailureException, InterruptedException {
    try {
      vault.create(create.key(), create.creation());
      return changed(create, listener);
    } catch (RefusedException e) {
      if (e.reason() == Reason.KeySoftDeleted) {
        return new VaultState.SoftDeleted(vault.getDeleted(create.key()));
      }
      throw e;
    }
  }

  private static VaultState changed(KeyDecision.Step step, StepListener listener) {
    listener.taken(step);
    return new VaultState.NotAsked();
  }

  private static ConditionType conditionOf(KeyDecision.Step step, Reason reason) {
    ConditionType type = conditionOf(reason);
    return type == ConditionType.Provisioned && step instanceof KeyDecision.CorrectPolicy
        ? ConditionType.PolicyInSync
        : type;
  }

  /** Which condition a refusal by the vault or by Entra is about. */
  static ConditionType conditionOf(Reason reason) {
    return switch (reason) {
      case NotAuthorized, VaultUnauthenticated, IdentityRefused -> ConditionType.Authorized;
      case PolicyImmutable -> ConditionType.PolicyInSync;
      default -> ConditionType.Provisioned;
    };
  }

  private static KeyOutcome unsettled(KeyObservation observation) {
    return new KeyOutcome.Postponed(
        Cause.of(
            Reason.VaultUnavailable,
            "The vault "
                + observation.spec().vault().url()
                + " accepted every change and does not show them yet, or somebody else changes the"
                + " key as well; it is looked at again."),
        Optional.empty());
  }
}
