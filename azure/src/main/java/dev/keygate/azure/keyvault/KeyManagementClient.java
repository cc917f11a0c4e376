package dev.keygate.azure.keyvault;

import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.failure.FailureException;
import java.util.List;

/**
 * Manages keys; each call is one attempt. The identifier's host is under a suffix of Key Vault or
 * Managed HSM by its type, and nothing is ever sent to another one. Failures are those of {@link
 * VaultErrors}, {@code VaultUnavailable} where there is no answer, {@code VaultResponseMalformed}
 * for an answer that the API does not describe, and those of the token source. Implementations are
 * safe for use by several threads.
 */
public interface KeyManagementClient {

  /** Makes an exportable key, or a new version if the name exists. */
  VaultKey create(KeyIdentifier base, KeyCreation creation)
      throws FailureException, InterruptedException;

  /** Reads a version, or the current one for a base identifier. */
  VaultKey get(KeyIdentifier key) throws FailureException, InterruptedException;

  /**
   * Replaces the release policy of all versions; an immutable one is fixed for good by this.
   *
   * @param key any identifier of it; the version is left out, since the vault refuses one here
   */
  VaultKey patchPolicy(KeyIdentifier key, VaultReleasePolicy policy)
      throws FailureException, InterruptedException;

  /** Changes operations, lifetime and tags of a version, or of the current one. */
  VaultKey update(KeyIdentifier key, KeyProperties properties)
      throws FailureException, InterruptedException;

  /** All versions, in the vault's order, which is no order. */
  List<VaultKeyVersion> versions(KeyIdentifier key) throws FailureException, InterruptedException;

  /** Reads a soft-deleted key; {@code KeyNotFound} if there is none of that name. */
  DeletedKey getDeleted(KeyIdentifier key) throws FailureException, InterruptedException;

  /**
   * Begins to bring a soft-deleted key back; until that is done the vault answers as if it had
   * none.
   */
  void recover(KeyIdentifier key) throws FailureException, InterruptedException;

  /** Soft-deletes a key with all its versions; nothing here purges. */
  void softDelete(KeyIdentifier key) throws FailureException, InterruptedException;
}
