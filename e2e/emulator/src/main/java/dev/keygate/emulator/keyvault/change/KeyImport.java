package dev.keygate.emulator.keyvault.change;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.json.MalformedTextException;
import dev.keygate.emulator.keyvault.key.ImportedKey;
import dev.keygate.emulator.keyvault.key.KeyAttributes;
import dev.keygate.emulator.keyvault.key.KeyCatalog;
import dev.keygate.emulator.keyvault.key.KeyMaterial;
import dev.keygate.emulator.keyvault.key.KeyType;
import dev.keygate.emulator.keyvault.key.KeyVersion;
import dev.keygate.emulator.keyvault.key.VaultKey;
import dev.keygate.emulator.keyvault.refusal.VaultRefusals;
import dev.keygate.emulator.keyvault.refusal.VaultRefusedException;
import dev.keygate.emulator.keyvault.request.ApiVersion;
import dev.keygate.emulator.keyvault.request.KeyBody;
import dev.keygate.emulator.keyvault.site.VaultSite;
import dev.keygate.time.TimeSource;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Imports a private JWK as a key, or as a version of one whose name exists. Keys that an HSM of the
 * customer's wrapped ({@code key_hsm}) are refused.
 */
public final class KeyImport {

  private final VaultSite site;
  private final VersionPlacement placement;
  private final NewVersion fresh;

  /** Imports keys into this catalog. */
  public KeyImport(VaultSite site, KeyCatalog catalog, SecureRandom random, TimeSource time) {
    this.site = site;
    this.placement = new VersionPlacement(site, catalog);
    this.fresh = new NewVersion(random, time);
  }

  /** The key with its new version. */
  public VaultKey imported(String name, ApiVersion apiVersion, KeyBody body)
      throws VaultRefusedException {
    JsonNode jwk = body.json().path("key");
    KeyType type = type(jwk, isForHsm(body.json()));
    placement.requireOffered(apiVersion, type, body);
    KeyMaterial material = material(jwk, type);
    KeyAttributes attributes = fresh.attributes(body);
    List<String> operations = KeyBody.operations(jwk).orElse(type.defaultOperations());
    Map<String, String> tags = body.tags().orElse(Map.of());
    KeyVersion version = new KeyVersion(fresh.id(), type, material, operations, attributes, tags);
    // Unlike create, an import that does not say exportable means that it is not.
    Optional<Boolean> exportable = Optional.of(body.exportable().orElse(false));
    return placement.place(new VersionPlacement.Asked(name, type, exportable, body), () -> version);
  }

  private KeyType type(JsonNode jwk, boolean isForHsm) throws VaultRefusedException {
    String kty = Json.text(jwk, "kty").orElse("");
    boolean isHsm = isForHsm || site.isManagedHsm() || kty.endsWith("-HSM");
    String bare = kty.endsWith("-HSM") ? kty.substring(0, kty.length() - 4) : kty;
    return KeyType.find(isHsm ? bare + "-HSM" : bare)
        .orElseThrow(() -> VaultRefusals.badParameter("Property kty has an invalid value."));
  }

  // Clients differ in the case of this member.
  private static boolean isForHsm(JsonNode body) throws VaultRefusedException {
    JsonNode hsm = Json.anyCase(body, "hsm");
    if (!KeyBody.isAbsent(hsm) && !hsm.isBoolean()) {
      throw VaultRefusals.badParameter("Property hsm is not a boolean.");
    }
    return hsm.asBoolean();
  }

  private static KeyMaterial material(JsonNode jwk, KeyType type) throws VaultRefusedException {
    try {
      return ImportedKey.read(jwk, type);
    } catch (MalformedTextException e) {
      throw VaultRefusals.badParameter("JSON Web Key: " + e.getMessage());
    }
  }
}
