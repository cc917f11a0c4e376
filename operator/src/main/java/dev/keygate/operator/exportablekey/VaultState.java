package dev.keygate.operator.exportablekey;

import dev.keygate.azure.keyvault.DeletedKey;
import dev.keygate.azure.keyvault.VaultKey;
import dev.keygate.azure.keyvault.VaultKeyVersion;
import java.util.List;
import java.util.Optional;

/** What is known of the key in the vault. */
sealed interface VaultState {

  /** Nothing yet, or nothing that is still true. */
  record NotAsked() implements VaultState {}

  /** There is no such key. */
  record Absent() implements VaultState {}

  /** There is none, and its name is taken by a deleted one. */
  record SoftDeleted(DeletedKey key) implements VaultState {}

  /** There is one: its current version. */
  record Present(VaultKey key) implements VaultState {}

  /**
   * There is one of no object's, which may be a new version of this object's key.
   *
   * @param key its current version
   * @param earlier the version that the status has as current; empty if the vault has none such
   */
  record Traced(VaultKey key, Optional<VaultKey> earlier) implements VaultState {}

  /** There is one that is as it should be: its current version, and the list of all. */
  record Listed(VaultKey key, List<VaultKeyVersion> versions) implements VaultState {

    public Listed {
      versions = List.copyOf(versions);
    }
  }
}
