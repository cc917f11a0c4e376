package dev.keygate.operator.throttle;

import dev.keygate.azure.keyvault.DeletedKey;
import dev.keygate.azure.keyvault.KeyCreation;
import dev.keygate.azure.keyvault.KeyManagementClient;
import dev.keygate.azure.keyvault.KeyProperties;
import dev.keygate.azure.keyvault.VaultKey;
import dev.keygate.azure.keyvault.VaultKeyVersion;
import dev.keygate.azure.keyvault.VaultReleasePolicy;
import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.failure.FailureException;
import java.util.List;

/**
 * A client for one run: every call takes a turn. A run of routine takes one more before its first
 * look, which limits how many such runs there are.
 */
final class VaultInTurn implements KeyManagementClient {

  private final VaultTurns turns;
  private final KeyManagementClient client;
  private final Caller caller;
  private boolean isAdmitted;

  VaultInTurn(VaultTurns turns, KeyManagementClient client, Caller caller, Urgency urgency) {
    this.turns = turns;
    this.client = client;
    this.caller = caller;
    this.isAdmitted = urgency == Urgency.AWAITED;
  }

  @Override
  public VaultKey create(KeyIdentifier base, KeyCreation creation)
      throws FailureException, InterruptedException {
    return call(VaultOperation.CREATE, base, () -> client.create(base, creation));
  }

  @Override
  public VaultKey get(KeyIdentifier key) throws FailureException, InterruptedException {
    return call(VaultOperation.GET, key, () -> client.get(key));
  }

  @Override
  public VaultKey patchPolicy(KeyIdentifier key, VaultReleasePolicy policy)
      throws FailureException, InterruptedException {
    return call(VaultOperation.PATCH_POLICY, key, () -> client.patchPolicy(key, policy));
  }

  @Override
  public VaultKey update(KeyIdentifier key, KeyProperties properties)
      throws FailureException, InterruptedException {
    return call(VaultOperation.UPDATE, key, () -> client.update(key, properties));
  }

  @Override
  public List<VaultKeyVersion> versions(KeyIdentifier key)
      throws FailureException, InterruptedException {
    return call(VaultOperation.VERSIONS, key, () -> client.versions(key));
  }

  @Override
  public DeletedKey getDeleted(KeyIdentifier key) throws FailureException, InterruptedException {
    return call(VaultOperation.GET_DELETED, key, () -> client.getDeleted(key));
  }

  @Override
  public void recover(KeyIdentifier key) throws FailureException, InterruptedException {
    send(VaultOperation.RECOVER, key, () -> client.recover(key));
  }

  @Override
  public void softDelete(KeyIdentifier key) throws FailureException, InterruptedException {
    send(VaultOperation.SOFT_DELETE, key, () -> client.softDelete(key));
  }

  @FunctionalInterface
  private interface Order {
    void send() throws FailureException, InterruptedException;
  }

  private void send(VaultOperation operation, KeyIdentifier key, Order order)
      throws FailureException, InterruptedException {
    call(
        operation,
        key,
        () -> {
          order.send();
          return key;
        });
  }

  private <T> T call(VaultOperation operation, KeyIdentifier key, VaultTurns.Request<T> request)
      throws FailureException, InterruptedException {
    if (!isAdmitted) {
      turns.pass(VaultCall.RESYNC, caller, key);
      isAdmitted = true;
    }
    return turns.call(operation, caller, key, request);
  }
}
