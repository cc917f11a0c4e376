package dev.keygate.operator.exportablekey;

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

/** The vaults, for a subclass that has one thing wrong. */
class PlantedVault implements KeyManagementClient {

  final KeyManagementClient sound;

  PlantedVault(KeyManagementClient sound) {
    this.sound = sound;
  }

  @Override
  public VaultKey create(KeyIdentifier base, KeyCreation creation)
      throws FailureException, InterruptedException {
    return sound.create(base, creation);
  }

  @Override
  public VaultKey get(KeyIdentifier key) throws FailureException, InterruptedException {
    return sound.get(key);
  }

  @Override
  public VaultKey patchPolicy(KeyIdentifier key, VaultReleasePolicy policy)
      throws FailureException, InterruptedException {
    return sound.patchPolicy(key, policy);
  }

  @Override
  public VaultKey update(KeyIdentifier key, KeyProperties properties)
      throws FailureException, InterruptedException {
    return sound.update(key, properties);
  }

  @Override
  public List<VaultKeyVersion> versions(KeyIdentifier key)
      throws FailureException, InterruptedException {
    return sound.versions(key);
  }

  @Override
  public DeletedKey getDeleted(KeyIdentifier key) throws FailureException, InterruptedException {
    return sound.getDeleted(key);
  }

  @Override
  public void recover(KeyIdentifier key) throws FailureException, InterruptedException {
    sound.recover(key);
  }

  @Override
  public void softDelete(KeyIdentifier key) throws FailureException, InterruptedException {
    sound.softDelete(key);
  }
}
