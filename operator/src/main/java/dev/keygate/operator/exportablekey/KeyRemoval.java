package dev.keygate.operator.exportablekey;

import dev.keygate.api.v1alpha1.DeletionMode;
import dev.keygate.api.v1alpha1.ExportableKeySpec;
import dev.keygate.azure.keyvault.KeyManagementClient;
import dev.keygate.endpoint.EndpointFormatException;
import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;

/** Does to the key in the vault what the deletion of its object asks for. */
final class KeyRemoval {

  private final KeyManagementClient vault;
  private final KeyTurns turns;

  /**
   * @param turns of all who change keys through this process
   */
  KeyRemoval(KeyManagementClient vault, KeyTurns turns) {
    this.vault = vault;
    this.turns = turns;
  }

  /**
   * Returns once the object may go.
   *
   * @throws FailureException if the vault did not do it; the object has to stay until it has
   */
  DeletionDecision remove(Owner owner, ExportableKeySpec spec)
      throws FailureException, InterruptedException {
    if (spec.deletion() == DeletionMode.Retain) {
      return DeletionDecision.LET_GO;
    }
    KeyIdentifier key;
    try {
      key = DesiredKey.identifier(owner, spec);
    } catch (EndpointFormatException e) {
      return DeletionDecision.LET_GO;
    }
    try (var _ = turns.begin(key)) {
      DeletionDecision decision = DeletionDecider.decide(spec.deletion(), owner, look(key));
      if (decision == DeletionDecision.DELETE) {
        vault.softDelete(key);
      }
      return decision;
    }
  }

  private VaultState look(KeyIdentifier key) throws FailureException, InterruptedException {
    try {
      return new VaultState.Present(vault.get(key));
    } catch (RefusedException e) {
      if (e.reason() == Reason.KeyNotFound) {
        return new VaultState.Absent();
      }
      throw e;
    }
  }
}
