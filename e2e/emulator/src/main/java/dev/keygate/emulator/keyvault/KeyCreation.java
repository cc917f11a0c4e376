package dev.keygate.emulator.keyvault;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keygate.emulator.json.Base64Text;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.keyvault.key.Curve;
import dev.keygate.emulator.keyvault.key.KeyAttributes;
import dev.keygate.emulator.keyvault.key.KeyCatalog;
import dev.keygate.emulator.keyvault.key.KeyGeneration;
import dev.keygate.emulator.keyvault.key.KeyMaterial;
import dev.keygate.emulator.keyvault.key.KeyType;
import dev.keygate.emulator.keyvault.key.KeyVersion;
import dev.keygate.emulator.keyvault.key.StoredPolicy;
import dev.keygate.emulator.keyvault.key.VaultKey;
import dev.keygate.emulator.keyvault.refusal.SkrError;
import dev.keygate.emulator.keyvault.refusal.VaultRefusals;
import dev.keygate.emulator.keyvault.refusal.VaultRefusedException;
import dev.keygate.time.TimeSource;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Creates a key, or a version of one whose name exists. */
final class KeyCreation {

  private static final Set<Integer> RSA_SIZES = Set.of(2048, 3072, 4096);
  private static final Set<Integer> OCT_SIZES = Set.of(128, 192, 256);

  private final KeyCatalog catalog;
  private final KeyGeneration generation;
  private final SecureRandom random;
  private final TimeSource time;

  KeyCreation(KeyCatalog catalog, SecureRandom random, TimeSource time) {
    this.catalog = catalog;
    this.generation = new KeyGeneration(random);
    this.random = random;
    this.time = time;
  }

  VaultKey create(String name, ApiVersion apiVersion, KeyBody body) throws VaultRefusedException {
    KeyType type =
        KeyType.find(body.json().path("kty").asText())
            .orElseThrow(() -> VaultRefusals.badParameter("Property kty has an invalid value."));
    if (!apiVersion.hasRelease()
        && (body.exportable().isPresent() || body.releasePolicy().isPresent())) {
      throw SkrError.NOT_SUPPORTED.refusal();
    }
    // Everything is validated before the slow part, and the name looked up again after it.
    place(name, type, body);
    KeyVersion version = version(type, body);
    synchronized (catalog) {
      VaultKey key = place(name, type, body).with(version);
      catalog.put(key);
      return key;
    }
  }

  /** What a new version will be put into. */
  private record Place(
      String name, boolean exportable, Optional<StoredPolicy> policy, Optional<VaultKey> existing) {

    VaultKey with(KeyVersion version) {
      return existing
          .map(key -> key.plus(version, policy))
          .orElseGet(
              () -> new VaultKey(name, exportable, policy, List.of(version), Optional.empty()));
    }
  }

  private Place place(String name, KeyType type, KeyBody body) throws VaultRefusedException {
    Optional<VaultKey> existing = catalog.find(name);
    Optional<StoredPolicy> sent = Optional.empty();
    Optional<JsonNode> carrier = body.releasePolicy();
    if (carrier.isPresent()) {
      sent = Optional.of(PolicyCarrier.read(carrier.get()));
    }
    if (existing.isEmpty()) {
      return first(name, type, body.exportable().orElse(false), sent);
    }
    VaultKey key = existing.get();
    if (key.deletedAt().isPresent()) {
      throw VaultRefusals.deletedButRecoverable(name);
    }
    if (body.exportable().orElse(key.exportable()) != key.exportable()) {
      throw SkrError.EXPORTABLE_FIXED.refusal();
    }
    if (sent.isPresent()) {
      PolicyChange.require(key);
    }
    if (key.exportable() && !type.isHsm()) {
      throw SkrError.SOFTWARE_KEY.refusal();
    }
    return new Place(name, key.exportable(), sent.or(key::policy), existing);
  }

  private static Place first(
      String name, KeyType type, boolean exportable, Optional<StoredPolicy> policy)
      throws VaultRefusedException {
    if (exportable && policy.isEmpty()) {
      throw SkrError.POLICY_REQUIRED.refusal();
    }
    if (!exportable && policy.isPresent()) {
      throw SkrError.POLICY_NOT_ALLOWED.refusal();
    }
    if (exportable && !type.isHsm()) {
      throw SkrError.SOFTWARE_KEY.refusal();
    }
    return new Place(name, exportable, policy, Optional.empty());
  }

  private KeyVersion version(KeyType type, KeyBody body) throws VaultRefusedException {
    long now = time.now().getEpochSecond();
    KeyAttributes attributes =
        new KeyAttributes(
            body.enabled().orElse(true), body.seconds("nbf"), body.seconds("exp"), now, now);
    List<String> operations = body.operations().orElse(type.defaultOperations());
    Map<String, String> tags = body.tags().orElse(Map.of());
    byte[] id = new byte[16];
    random.nextBytes(id);
    return new KeyVersion(
        Base64Text.hex(id), type, material(type, body), operations, attributes, tags);
  }

  private KeyMaterial material(KeyType type, KeyBody body) throws VaultRefusedException {
    return switch (type) {
      case RSA, RSA_HSM -> {
        requireExponent(body);
        yield generation.rsa(type, size(body, RSA_SIZES, 2048));
      }
      case EC, EC_HSM -> generation.ec(curve(body));
      case OCT_HSM -> generation.oct(size(body, OCT_SIZES, 256));
    };
  }

  // One client always sends 0 for "not set".
  private static void requireExponent(KeyBody body) throws VaultRefusedException {
    JsonNode exponent = body.json().path("public_exponent");
    if (!exponent.isMissingNode()
        && !exponent.isNull()
        && exponent.asInt(-1) != 0
        && exponent.asInt(-1) != 65_537) {
      throw VaultRefusals.badParameter("Property public_exponent has an invalid value.");
    }
  }

  private static int size(KeyBody body, Set<Integer> allowed, int byDefault)
      throws VaultRefusedException {
    JsonNode size = body.json().path("key_size");
    if (size.isMissingNode() || size.isNull()) {
      return byDefault;
    }
    if (!allowed.contains(size.asInt(-1))) {
      throw VaultRefusals.badParameter("Property key_size has an invalid value.");
    }
    return size.asInt();
  }

  private static Curve curve(KeyBody body) throws VaultRefusedException {
    Optional<String> name = Json.text(body.json(), "crv");
    return name.isEmpty()
        ? Curve.P_256
        : Curve.find(name.get())
            .orElseThrow(() -> VaultRefusals.badParameter("Property crv has an invalid value."));
  }
}
