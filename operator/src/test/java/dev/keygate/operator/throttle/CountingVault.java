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
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Has no key, notes what it is asked, and fails as it is told. */
final class CountingVault implements KeyManagementClient {

  final List<String> calls = new ArrayList<>();
  @Nullable FailureException failure;

  @Override
  public VaultKey create(KeyIdentifier base, KeyCreation creation) throws FailureException {
    throw called("create");
  }

  @Override
  public VaultKey get(KeyIdentifier key) throws FailureException {
    throw called("get");
  }

  @Override
  public VaultKey patchPolicy(KeyIdentifier key, VaultReleasePolicy policy)
      throws FailureException {
    throw called("patchPolicy");
  }

  @Override
  public VaultKey update(KeyIdentifier key, KeyProperties properties) throws FailureException {
    throw called("update");
  }

  @Override
  public List<VaultKeyVersion> versions(KeyIdentifier key) throws FailureException {
    calls.add("versions");
    if (failure != null) {
      throw failure;
    }
    return List.of();
  }

  @Override
  public DeletedKey getDeleted(KeyIdentifier key) throws FailureException {
    throw called("getDeleted");
  }

  @Override
  public void recover(KeyIdentifier key) throws FailureException {
    throw called("recover");
  }

  @Override
  public void softDelete(KeyIdentifier key) throws FailureException {
    throw called("softDelete");
  }

  private FailureException called(String name) {
    calls.add(name);
    return failure != null ? failure : new RefusedException(Reason.KeyNotFound, "no such key");
  }
}
