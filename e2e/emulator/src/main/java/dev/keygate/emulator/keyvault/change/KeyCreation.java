package dev.keygate.emulator.keyvault.change;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.keyvault.key.Curve;
import dev.keygate.emulator.keyvault.key.KeyAttributes;
import dev.keygate.emulator.keyvault.key.KeyCatalog;
import dev.keygate.emulator.keyvault.key.KeyGeneration;
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
import java.util.Set;
import java.util.function.Supplier;

/** Creates a key, or a version of one whose name exists. */
public final class KeyCreation {

  private static final Set<Integer> RSA_SIZES = Set.of(2048, 3072, 4096);
  private static final Set<Integer> OCT_SIZES = Set.of(128, 192, 256);

  private final VaultSite site;
  private final VersionPlacement placement;
  private final KeyGeneration generation;
  private final NewVersion fresh;

  /** Creates keys in this catalog. */
  public KeyCreation(VaultSite site, KeyCatalog catalog, SecureRandom random, TimeSource time) {
    this.site = site;
    this.placement = new VersionPlacement(site, catalog);
    this.generation = new KeyGeneration(random);
    this.fresh = new NewVersion(random, time);
  }

  /** The type a body asks for; a Managed HSM makes all its keys in hardware. */
  public static KeyType type(VaultSite site, KeyBody body) throws VaultRefusedException {
    String kty = body.json().path("kty").asText();
    if (site.isManagedHsm() && kty.equals(KeyType.RSA.wireName())) {
      return KeyType.RSA_HSM;
    }
    return KeyType.find(kty)
        .filter(type -> type.isHsm() || !site.isManagedHsm())
        .orElseThrow(() -> VaultRefusals.badParameter("Property kty has an invalid value."));
  }

  /** The key with its new version. */
  public VaultKey create(String name, ApiVersion apiVersion, KeyBody body)
      throws VaultRefusedException {
    KeyType type = type(site, body);
    placement.requireOffered(apiVersion, type, body);
    Supplier<KeyMaterial> material = material(type, body);
    KeyAttributes attributes = fresh.attributes(body);
    List<String> operations = body.operations().orElse(type.defaultOperations());
    Map<String, String> tags = body.tags().orElse(Map.of());
    return placement.place(
        new VersionPlacement.Asked(name, type, body.exportable(), body),
        () -> new KeyVersion(fresh.id(), type, material.get(), operations, attributes, tags));
  }

  /** Validates at once and makes the key later: that is slow. */
  private Supplier<KeyMaterial> material(KeyType type, KeyBody body) throws VaultRefusedException {
    return switch (type) {
      case RSA, RSA_HSM -> {
        requireExponent(body);
        int size = size(body, RSA_SIZES, 2048);
        yield () -> generation.rsa(size);
      }
      case EC, EC_HSM -> {
        Curve curve = curve(body);
        yield () -> generation.ec(curve);
      }
      case OCT_HSM -> {
        int size = size(body, OCT_SIZES, 256);
        yield () -> generation.oct(size);
      }
    };
  }

  // One client always sends 0 for "not set".
  private static void requireExponent(KeyBody body) throws VaultRefusedException {
    JsonNode exponent = body.json().path("public_exponent");
    if (!KeyBody.isAbsent(exponent) && exponent.asInt(-1) != 0 && exponent.asInt(-1) != 65_537) {
      throw VaultRefusals.badParameter("Property public_exponent has an invalid value.");
    }
  }

  private static int size(KeyBody body, Set<Integer> allowed, int byDefault)
      throws VaultRefusedException {
    JsonNode size = body.json().path("key_size");
    if (KeyBody.isAbsent(size)) {
      return byDefault;
    }
    if (!allowed.contains(size.asInt(-1))) {
      throw VaultRefusals.badParameter("Property key_size has an invalid value.");
    }
    return size.asInt();
  }

  private static Curve curve(KeyBody body) throws VaultRefusedException {
    if (KeyBody.isAbsent(body.json().path("crv"))) {
      return Curve.P_256;
    }
    Optional<String> name = Json.text(body.json(), "crv");
    return name.flatMap(Curve::find)
        .orElseThrow(() -> VaultRefusals.badParameter("Property crv has an invalid value."));
  }
}
