package dev.keygate.operator.exportablekey;

import dev.keygate.azure.keyvault.DeletedKey;
import dev.keygate.azure.keyvault.KeyCreation;
import dev.keygate.azure.keyvault.KeyManagementClient;
import dev.keygate.azure.keyvault.KeyProperties;
import dev.keygate.azure.keyvault.VaultKey;
import dev.keygate.azure.keyvault.VaultKeyVersion;
import dev.keygate.azure.keyvault.VaultReleasePolicy;
import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.endpoint.KeyVersion;
import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One key in memory, and a list of what was asked. Fails when told to. */
final class FakeVault implements KeyManagementClient {

  final List<String> calls = new ArrayList<>();
  @Nullable VaultKey key;
  @Nullable VaultKey earlier;
  @Nullable VaultKey deleted;
  @Nullable FailureException failure;
  List<VaultKeyVersion> listed = List.of();
  @Nullable FailureException listFailure;
  boolean forgetsChanges;
  boolean hidesWhatIsMade;

  @Override
  public VaultKey create(KeyIdentifier base, KeyCreation creation) throws FailureException {
    called("create");
    if (deleted != null) {
      throw new RefusedException(Reason.KeySoftDeleted, "deleted");
    }
    VaultKey made =
        new VaultKey(
            base.at(new KeyVersion(Specs.VERSION)),
            creation.shape(),
            creation.properties(),
            new VaultKey.Recorded(
                true, Optional.of(creation.releasePolicy()), Instant.EPOCH, Instant.EPOCH));
    key = hidesWhatIsMade ? null : made;
    return made;
  }

  @Override
  public VaultKey get(KeyIdentifier asked) throws FailureException {
    called("get");
    if (asked.version().filter(version -> !version.value().equals(Specs.VERSION)).isPresent()) {
      return present(earlier);
    }
    return present();
  }

  @Override
  public VaultKey patchPolicy(KeyIdentifier asked, VaultReleasePolicy policy)
      throws FailureException {
    called("patchPolicy");
    VaultKey now = present();
    return put(
        new VaultKey(
            now.id(),
            now.shape(),
            now.properties(),
            new VaultKey.Recorded(
                now.recorded().exportable(), Optional.of(policy), Instant.EPOCH, Instant.EPOCH)));
  }

  @Override
  public VaultKey update(KeyIdentifier asked, KeyProperties properties) throws FailureException {
    called("update");
    VaultKey now = present();
    return put(new VaultKey(now.id(), now.shape(), properties, now.recorded()));
  }

  @Override
  public List<VaultKeyVersion> versions(KeyIdentifier asked) throws FailureException {
    called("versions");
    if (listFailure != null) {
      throw listFailure;
    }
    return listed;
  }

  @Override
  public DeletedKey getDeleted(KeyIdentifier asked) throws FailureException {
    called("getDeleted");
    if (deleted == null) {
      throw new RefusedException(Reason.KeyNotFound, "no such deleted key");
    }
    return new DeletedKey(asked, Optional.empty(), Optional.empty(), deleted.properties().tags());
  }

  @Override
  public void recover(KeyIdentifier asked) throws FailureException {
    called("recover");
    key = deleted;
    deleted = null;
  }

  @Override
  public void softDelete(KeyIdentifier asked) throws FailureException {
    called("softDelete");
    deleted = key;
    key = null;
  }

  private VaultKey put(VaultKey changed) {
    if (!forgetsChanges) {
      key = changed;
    }
    return changed;
  }

  private VaultKey present() throws RefusedException {
    return present(key);
  }

  private static VaultKey present(@Nullable VaultKey version) throws RefusedException {
    if (version == null) {
      throw new RefusedException(Reason.KeyNotFound, "no such key");
    }
    return version;
  }

  private void called(String name) throws FailureException {
    calls.add(name);
    if (failure != null) {
      throw failure;
    }
  }
}
