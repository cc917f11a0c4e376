package dev.keygate.emulator.keyvault;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a principal may be allowed to do with keys; the names are those of access policies. */
public enum KeyPermission {
  /** Create a key or a version. */
  CREATE("create/action"),
  /** Read a key's public part. */
  GET("read"),
  /** List keys and versions. */
  LIST("read"),
  /** Change attributes, tags, operations, policy. */
  UPDATE("update/action"),
  /** Soft-delete. */
  DELETE("delete"),
  /** Recover what was soft-deleted. */
  RECOVER("recover/action"),
  /** Purge what was soft-deleted. */
  PURGE("purge/action"),
  /** Make a new version like the current one. */
  ROTATE("rotate/action"),
  /** Secure Key Release. */
  RELEASE("release/action");

  private final String action;

  KeyPermission(String action) {
    this.action = action;
  }

  /** The data action in a refusal. */
  String dataAction() {
    return "Microsoft.KeyVault/vaults/keys/" + action;
  }

  /** The permission of this name in lower case, such as {@code release}. */
  public static Optional<KeyPermission> find(String name) {
    return Arrays.stream(values())
        .filter(permission -> permission.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst();
  }
}
