package dev.keygate.operator.exportablekey;

import dev.keygate.azure.keyvault.KeyManagementClient;
import dev.keygate.azure.keyvault.VaultKey;
import dev.keygate.condition.ConditionType;
import dev.keygate.endpoint.EndpointFormatException;
import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
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
  private final KeyTurns turns;

  /**
   * @param turns of all who change keys through this process
   */
  KeyProvisioner(KeyManagementClient vault, KeyTurns turns) {
    this.vault = vault;
    this.turns = turns;
  }

  /**
   * Brings a key to what its spec says.
   *
   * @param start what is known; the vault has not been asked
   * @param listener is told what changed
   */
  KeyOutcome provision(KeyObservation start, StepListener listener) throws InterruptedException {
    KeyIdentifier key;
    try {
      key = DesiredKey.identifier(start.owner(), start.spec());
    } catch (EndpointFormatException e) {
      return step(start, listener);
    }
    try (var _ = turns.begin(key)) {
      return step(start, listener);
    } catch (FailureException e) {
      return KeyOutcome.of(e);
    }
  }

  private KeyOutcome step(KeyObservation start, StepListener listener) throws InterruptedException {
    KeyObservation observation = start;
    boolean isMade = false;
    for (int step = 0; step < MAX_STEPS; step++) {
      switch (KeyDecider.decide(observation)) {
        case KeyDecision.Settle settle -> {
          return new KeyOutcome.Settled(settle.key(), settle.policy(), settle.versions());
        }
        case KeyDecision.Refuse refuse -> {
          return new KeyOutcome.Stopped(refuse.at(), refuse.cause());
        }
        case KeyDecision.Step next -> {
          // Twice in a run would be a second version of a key that the vault does not show yet.
          if (isMade && next instanceof KeyDecision.Create) {
            return unsettled(observation);
          }
          try {
            observation = observation.with(take(next, listener));
          } catch (FailureException e) {
            return failed(next, e);
          }
          isMade |= next instanceof KeyDecision.Create && isChanged(observation);
        }
      }
    }
    return unsettled(observation);
  }

  private static boolean isChanged(KeyObservation observation) {
    return observation.vault() instanceof VaultState.NotAsked;
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

  private static KeyOutcome failed(KeyDecision.Step step, FailureException failure) {
    KeyOutcome outcome = KeyOutcome.of(failure);
    return step instanceof KeyDecision.CorrectPolicy
            && outcome instanceof KeyOutcome.Stopped stopped
            && stopped.at() == ConditionType.Provisioned
        ? new KeyOutcome.Stopped(ConditionType.PolicyInSync, stopped.cause())
        : outcome;
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
