package dev.keygate.emulator.keyvault.access;

import static dev.keygate.emulator.keyvault.access.KeyPermission.BACKUP;
import static dev.keygate.emulator.keyvault.access.KeyPermission.DECRYPT;
import static dev.keygate.emulator.keyvault.access.KeyPermission.ENCRYPT;
import static dev.keygate.emulator.keyvault.access.KeyPermission.GET;
import static dev.keygate.emulator.keyvault.access.KeyPermission.LIST;
import static dev.keygate.emulator.keyvault.access.KeyPermission.PURGE;
import static dev.keygate.emulator.keyvault.access.KeyPermission.RECOVER;
import static dev.keygate.emulator.keyvault.access.KeyPermission.RELEASE;
import static dev.keygate.emulator.keyvault.access.KeyPermission.RESTORE;
import static dev.keygate.emulator.keyvault.access.KeyPermission.SIGN;
import static dev.keygate.emulator.keyvault.access.KeyPermission.UNWRAPKEY;
import static dev.keygate.emulator.keyvault.access.KeyPermission.UPDATE;
import static dev.keygate.emulator.keyvault.access.KeyPermission.VERIFY;
import static dev.keygate.emulator.keyvault.access.KeyPermission.WRAPKEY;

import dev.keygate.endpoint.VaultKind;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Built-in roles that concern keys: Azure's for Key Vault, local ones for Managed HSM. Only keys
 * are modelled: what a role permits besides does not show here.
 */
public enum Role {
  /** Everything with keys. */
  CRYPTO_OFFICER(
      VaultKind.VAULT,
      "Key Vault Crypto Officer",
      "14b46e9e-c2b7-41b4-b07b-48a6ebf60603",
      allBut(KeyPermission.RANDOM)),
  /** Using keys; not releasing them. */
  CRYPTO_USER(
      VaultKind.VAULT,
      "Key Vault Crypto User",
      "12338af0-0e69-4776-bea7-57ae8d297424",
      Set.of(GET, LIST, UPDATE, BACKUP, ENCRYPT, DECRYPT, WRAPKEY, UNWRAPKEY, SIGN, VERIFY)),
  /** Wrapping other services' keys. */
  CRYPTO_SERVICE_ENCRYPTION_USER(
      VaultKind.VAULT,
      "Key Vault Crypto Service Encryption User",
      "e147488a-f6f5-4113-8e2d-b22465e65bf6",
      Set.of(GET, LIST, WRAPKEY, UNWRAPKEY)),
  /** Releasing keys, and nothing else. */
  CRYPTO_SERVICE_RELEASE_USER(
      VaultKind.VAULT,
      "Key Vault Crypto Service Release User",
      "08bbd89e-9f13-488c-ac41-acfcb10c90ab",
      Set.of(RELEASE)),
  /** Deleted keys only. */
  HSM_CRYPTO_OFFICER(
      VaultKind.MANAGED_HSM,
      "Managed HSM Crypto Officer",
      "515eb02d-2335-4d2d-92f2-b1cbdf9c3778",
      Set.of(RECOVER, PURGE)),
  /** All but deleted keys; releasing too. */
  HSM_CRYPTO_USER(
      VaultKind.MANAGED_HSM,
      "Managed HSM Crypto User",
      "21dbd100-6940-42c2-9190-5d6cb909625b",
      allBut(RECOVER, PURGE)),
  /** Reading keys' attributes. */
  HSM_CRYPTO_AUDITOR(
      VaultKind.MANAGED_HSM,
      "Managed HSM Crypto Auditor",
      "2c18b078-7c48-4d3a-af88-5a3a1b3f82b3",
      Set.of(GET, LIST)),
  /** Wrapping other services' keys. */
  HSM_CRYPTO_SERVICE_ENCRYPTION_USER(
      VaultKind.MANAGED_HSM,
      "Managed HSM Crypto Service Encryption User",
      "33413926-3206-4cdd-b39a-83574fe37a17",
      Set.of(GET, LIST, WRAPKEY, UNWRAPKEY)),
  /** Releasing keys, and nothing else. */
  HSM_CRYPTO_SERVICE_RELEASE_USER(
      VaultKind.MANAGED_HSM,
      "Managed HSM Crypto Service Release User",
      "21dbd100-6940-42c2-9190-5d6cb909625c",
      Set.of(RELEASE)),
  /** Sealed copies. */
  HSM_BACKUP(
      VaultKind.MANAGED_HSM,
      "Managed HSM Backup",
      "7b127d3c-77bd-4e3e-bbe0-dbb8971fa7f8",
      Set.of(BACKUP)),
  /** Bringing sealed copies back. */
  HSM_RESTORE(
      VaultKind.MANAGED_HSM,
      "Managed HSM Restore",
      "6efe6056-5259-49d2-8b3d-d3d73544b20b",
      Set.of(RESTORE));

  private final VaultKind kind;
  private final String title;
  private final UUID id;

  // An unmodifiable copy of constants.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Set<KeyPermission> permissions;

  Role(VaultKind kind, String title, String id, Set<KeyPermission> permissions) {
    this.kind = kind;
    this.title = title;
    this.id = UUID.fromString(id);
    this.permissions = Set.copyOf(permissions);
  }

  /** Which of the two services knows it. */
  public VaultKind kind() {
    return kind;
  }

  /** What it is called in Azure. */
  public String title() {
    return title;
  }

  /** What its holders may do with keys. */
  public Set<KeyPermission> permissions() {
    return permissions;
  }

  /** The role of this title or role definition id. */
  public static Optional<Role> find(String titleOrId) {
    return Arrays.stream(values())
        .filter(role -> role.title.equals(titleOrId) || role.id.toString().equals(titleOrId))
        .findFirst();
  }

  private static Set<KeyPermission> allBut(KeyPermission... missing) {
    EnumSet<KeyPermission> all = EnumSet.allOf(KeyPermission.class);
    all.removeAll(Set.of(missing));
    return all;
  }
}
