package dev.keygate.operator.exportablekey;

import dev.keygate.azure.keyvault.KeyLifetime;
import dev.keygate.azure.keyvault.KeyProperties;
import dev.keygate.azure.keyvault.KeyShape;
import dev.keygate.azure.keyvault.VaultKey;
import dev.keygate.azure.keyvault.VaultReleasePolicy;
import dev.keygate.azure.keyvault.VaultReleasePolicy.Mutability;
import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.endpoint.KeyVersion;
import dev.keygate.endpoint.VaultHost;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keys as a vault might hold them; each {@code with…} gives a key that differs in one thing. */
record VaultKeys(
    KeyShape shape, KeyProperties properties, boolean exportable, VaultReleasePolicy policy) {

  static final KeyIdentifier BASE =
      KeyIdentifier.of(new VaultHost("contoso.vault.azure.net"), "orders");

  /** The key that {@link Specs#rsa} without more describes, made for {@link Specs#OWNER}. */
  static VaultKeys inSync() {
    return new VaultKeys(
        new KeyShape.Rsa("RSA-HSM", 3072),
        new KeyProperties(
            List.of("encrypt", "decrypt", "sign", "verify", "wrapKey", "unwrapKey"),
            KeyLifetime.UNLIMITED,
            Specs.OWNER.tags()),
        true,
        new VaultReleasePolicy(Specs.policyJson("v"), Mutability.MUTABLE));
  }

  /** A key without an owner. */
  static VaultKeys nobodys() {
    return inSync().withTags(Map.of());
  }

  /** A key of an object of another name. */
  static VaultKeys anothers() {
    return inSync()
        .withTags(Map.of("keygate-owner", "billing/orders", "keygate-owner-uid", "uid-9"));
  }

  /** A key of an earlier object of the same name. */
  static VaultKeys predecessors() {
    return inSync()
        .withTags(Map.of("keygate-owner", "payments/orders", "keygate-owner-uid", "uid-0"));
  }

  VaultKeys withShape(KeyShape other) {
    return new VaultKeys(other, properties, exportable, policy);
  }

  VaultKeys withTags(Map<String, String> tags) {
    return new VaultKeys(
        shape,
        new KeyProperties(properties.operations(), properties.lifetime(), tags),
        exportable,
        policy);
  }

  VaultKeys withLifetime(KeyLifetime lifetime) {
    return new VaultKeys(
        shape,
        new KeyProperties(properties.operations(), lifetime, properties.tags()),
        exportable,
        policy);
  }

  VaultKeys disabled() {
    return withLifetime(new KeyLifetime(false, Optional.empty(), Optional.empty()));
  }

  VaultKeys withOperations(String... operations) {
    return new VaultKeys(
        shape,
        new KeyProperties(List.of(operations), properties.lifetime(), properties.tags()),
        exportable,
        policy);
  }

  VaultKeys notExportable() {
    return new VaultKeys(shape, properties, false, policy);
  }

  VaultKeys withPolicy(String json) {
    return new VaultKeys(
        shape, properties, exportable, new VaultReleasePolicy(json, policy.mutability()));
  }

  VaultKeys immutable() {
    return new VaultKeys(
        shape, properties, exportable, new VaultReleasePolicy(policy.json(), Mutability.IMMUTABLE));
  }

  VaultKey key() {
    return new VaultKey(
        BASE.at(new KeyVersion(Specs.VERSION)),
        shape,
        properties,
        new VaultKey.Recorded(
            exportable,
            exportable ? Optional.of(policy) : Optional.empty(),
            Instant.EPOCH,
            Instant.EPOCH));
  }
}
