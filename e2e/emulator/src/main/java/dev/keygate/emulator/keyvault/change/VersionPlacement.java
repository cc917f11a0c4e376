package dev.keygate.emulator.keyvault.change;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keygate.emulator.keyvault.key.KeyCatalog;
import dev.keygate.emulator.keyvault.key.KeyType;
import dev.keygate.emulator.keyvault.key.KeyVersion;
import dev.keygate.emulator.keyvault.key.StoredPolicy;
import dev.keygate.emulator.keyvault.key.VaultKey;
import dev.keygate.emulator.keyvault.refusal.SkrError;
import dev.keygate.emulator.keyvault.refusal.VaultRefusals;
import dev.keygate.emulator.keyvault.refusal.VaultRefusedException;
import dev.keygate.emulator.keyvault.request.ApiVersion;
import dev.keygate.emulator.keyvault.request.KeyBody;
import dev.keygate.emulator.keyvault.site.VaultSettings;
import dev.keygate.emulator.keyvault.site.VaultSite;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where a new version goes: into a key of its own, or behind the versions of the key that has its
 * name. Exportability and policy belong to the name.
 */
final class VersionPlacement {

  private final VaultSite site;
  private final KeyCatalog catalog;

  VersionPlacement(VaultSite site, KeyCatalog catalog) {
    this.site = site;
    this.catalog = catalog;
  }

  /**
   * What is to be placed.
   *
   * @param exportable as asked; empty takes over what the key is
   */
  record Asked(String name, KeyType type, Optional<Boolean> exportable, KeyBody body) {}

  /** Checks everything, makes the version, and checks again what may have changed meanwhile. */
  VaultKey place(Asked asked, Supplier<KeyVersion> slow) throws VaultRefusedException {
    find(asked);
    KeyVersion version = slow.get();
    synchronized (catalog) {
      VaultKey key = find(asked).with(version);
      catalog.put(key);
      return key;
    }
  }

  /** Refuses what this tier, or this API version, does not offer. */
  void requireOffered(ApiVersion apiVersion, KeyType type, KeyBody body)
      throws VaultRefusedException {
    boolean isForRelease = body.exportable().orElse(false) || body.releasePolicy().isPresent();
    boolean isAboutRelease = body.exportable().isPresent() || isForRelease;
    if ((isAboutRelease && !apiVersion.hasRelease()) || (isForRelease && isStandard())) {
      throw SkrError.NOT_SUPPORTED.refusal();
    }
    if (isStandard() && type.isHsm()) {
      throw VaultRefusals.forbidden(
          "ForbiddenBySku", "Hardware key operation not allowed on standard vault.");
    }
  }

  private boolean isStandard() {
    return !site.isManagedHsm() && site.settings().tier() == VaultSettings.Tier.STANDARD;
  }

  private record Place(
      String name, boolean exportable, Optional<StoredPolicy> policy, Optional<VaultKey> existing) {

    VaultKey with(KeyVersion version) {
      return existing
          .map(key -> key.plus(version, policy))
          .orElseGet(() -> VaultKey.of(name, exportable, policy, version));
    }
  }

  private Place find(Asked asked) throws VaultRefusedException {
    Optional<VaultKey> existing = catalog.find(asked.name());
    Optional<StoredPolicy> sent = Optional.empty();
    Optional<JsonNode> carrier = asked.body().releasePolicy();
    if (carrier.isPresent()) {
      sent = Optional.of(PolicyCarrier.read(carrier.get(), site.settings().operators()));
    }
    if (existing.isEmpty()) {
      return first(asked, sent);
    }
    VaultKey key = existing.get();
    if (key.deletedAt().isPresent()) {
      throw VaultRefusals.deletedButRecoverable(key.name());
    }
    if (asked.exportable().orElse(key.exportable()) != key.exportable()) {
      throw SkrError.EXPORTABLE_FIXED.refusal();
    }
    if (sent.isPresent()) {
      PolicyChange.require(key);
    }
    if (key.exportable() && !asked.type().isHsm()) {
      throw SkrError.SOFTWARE_KEY.refusal();
    }
    return new Place(key.name(), key.exportable(), sent.or(key::policy), existing);
  }

  private static Place first(Asked asked, Optional<StoredPolicy> policy)
      throws VaultRefusedException {
    boolean exportable = asked.exportable().orElse(false);
    if (exportable && policy.isEmpty()) {
      throw SkrError.POLICY_REQUIRED.refusal();
    }
    if (!exportable && policy.isPresent()) {
      throw SkrError.POLICY_NOT_ALLOWED.refusal();
    }
    if (exportable && !asked.type().isHsm()) {
      throw SkrError.SOFTWARE_KEY.refusal();
    }
    return new Place(asked.name(), exportable, policy, Optional.empty());
  }
}
