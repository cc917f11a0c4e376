package dev.keygate.emulator.keyvault.access;

import dev.keygate.endpoint.VaultKind;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a principal may be allowed to do with keys; the names are those of access policies. */
public enum KeyPermission {
  /** Create a key or a version. */
  CREATE("keys/create/action", "keys/create"),
  /** Bring a key or a version. */
  IMPORT("keys/import/action", "keys/import/action"),
  /** Read a key's public part. */
  GET("keys/read", "keys/read/action"),
  /** List keys and versions. */
  LIST("keys/read", "keys/read/action"),
  /** Change attributes, tags, operations, policy. */
  UPDATE("keys/update/action", "keys/write/action"),
  /** Soft-delete. */
  DELETE("keys/delete", "keys/delete"),
  /** Recover what was soft-deleted. */
  RECOVER("keys/recover/action", "keys/deletedKeys/recover/action"),
  /** Purge what was soft-deleted. */
  PURGE("keys/purge/action", "keys/deletedKeys/delete"),
  /** Take a sealed copy. */
  BACKUP("keys/backup/action", "keys/backup/action"),
  /** Bring back a sealed copy. */
  RESTORE("keys/restore/action", "keys/restore/action"),
  /** Make a new version like the current one. */
  ROTATE("keys/rotate/action", "keys/rotate/action"),
  /** Read when a key rotates. */
  GETROTATIONPOLICY("keyrotationpolicies/read", "keys/rotationpolicy/read/action"),
  /** Say when a key rotates. */
  SETROTATIONPOLICY("keyrotationpolicies/write", "keys/rotationpolicy/write/action"),
  /** Encrypt data. */
  ENCRYPT("keys/encrypt/action", "keys/encrypt/action"),
  /** Decrypt data. */
  DECRYPT("keys/decrypt/action", "keys/decrypt/action"),
  /** Sign a digest. */
  SIGN("keys/sign/action", "keys/sign/action"),
  /** Verify a digest's signature. */
  VERIFY("keys/verify/action", "keys/verify/action"),
  /** Wrap a key. */
  WRAPKEY("keys/wrap/action", "keys/wrap/action"),
  /** Unwrap a key. */
  UNWRAPKEY("keys/unwrap/action", "keys/unwrap/action"),
  /** Secure Key Release. */
  RELEASE("keys/release/action", "keys/release/action"),
  /** Random octets of a Managed HSM. */
  RANDOM("rng/action", "rng/action");

  private final String vaultAction;
  private final String managedHsmAction;

  KeyPermission(String vaultAction, String managedHsmAction) {
    this.vaultAction = vaultAction;
    this.managedHsmAction = managedHsmAction;
  }

  /** The name in access policies. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The data action in a refusal. */
  String dataAction(VaultKind kind) {
    return switch (kind) {
      case VAULT -> "Microsoft.KeyVault/vaults/" + vaultAction;
      case MANAGED_HSM -> "Microsoft.KeyVault/managedHsm/" + managedHsmAction;
    };
  }

  /** The permission of this name in lower case, such as {@code release}. */
  public static Optional<KeyPermission> find(String name) {
    return Arrays.stream(values())
        .filter(permission -> permission.wireName().equals(name))
        .findFirst();
  }
}
