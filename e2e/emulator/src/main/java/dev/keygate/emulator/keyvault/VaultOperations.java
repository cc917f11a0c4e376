package dev.keygate.emulator.keyvault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.json.Base64Text;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.keyvault.change.KeyBackup;
import dev.keygate.emulator.keyvault.change.KeyChanges;
import dev.keygate.emulator.keyvault.change.KeyCreation;
import dev.keygate.emulator.keyvault.change.KeyImport;
import dev.keygate.emulator.keyvault.change.KeyRotation;
import dev.keygate.emulator.keyvault.change.RotationPolicies;
import dev.keygate.emulator.keyvault.change.Upkeep;
import dev.keygate.emulator.keyvault.crypto.CryptoOperations;
import dev.keygate.emulator.keyvault.key.KeyCatalog;
import dev.keygate.emulator.keyvault.key.KeyJson;
import dev.keygate.emulator.keyvault.key.KeyVersion;
import dev.keygate.emulator.keyvault.key.VaultKey;
import dev.keygate.emulator.keyvault.refusal.VaultRefusals;
import dev.keygate.emulator.keyvault.refusal.VaultRefusedException;
import dev.keygate.emulator.keyvault.request.ApiVersion;
import dev.keygate.emulator.keyvault.request.KeyBody;
import dev.keygate.emulator.keyvault.request.Operation;
import dev.keygate.emulator.keyvault.request.VaultRoute;
import dev.keygate.emulator.keyvault.site.VaultSite;
import dev.keygate.emulator.net.HttpRequest;
import dev.keygate.emulator.net.HttpResponse;
import dev.keygate.time.TimeSource;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Does everything but release, for callers whose permission was checked. */
final class VaultOperations {

  private static final int MOST_RANDOM_BYTES = 128;

  private final VaultSite site;
  private final KeyCatalog catalog;
  private final KeyCreation creation;
  private final KeyImport imports;
  private final KeyChanges changes;
  private final KeyRotation rotation;
  private final RotationPolicies rotationPolicies;
  private final Upkeep upkeep;
  private final KeyBackup backups;
  private final CryptoOperations crypto;
  private final KeyLists lists;
  private final KeyJson json;
  private final SecureRandom random;

  VaultOperations(VaultSite site, KeyCatalog catalog, Vault.Shared shared) {
    SecureRandom randomness = shared.lab().random();
    TimeSource time = shared.lab().time();
    this.site = site;
    this.catalog = catalog;
    this.creation = new KeyCreation(site, catalog, randomness, time);
    this.imports = new KeyImport(site, catalog, randomness, time);
    this.changes = new KeyChanges(site, catalog, time);
    this.rotation = new KeyRotation(catalog, changes, randomness, time);
    this.rotationPolicies = new RotationPolicies(catalog, changes, time);
    this.upkeep = new Upkeep(catalog, changes, rotation, time);
    this.backups = new KeyBackup(site, catalog, shared.seal());
    this.crypto = new CryptoOperations(randomness, time);
    this.json = new KeyJson(site);
    this.lists = new KeyLists(site.url(), json);
    this.random = randomness;
  }

  /** Does what is due before anything else is done. */
  void keepUp() {
    upkeep.perform();
  }

  /** A key that is there and not deleted. */
  VaultKey live(String name) throws VaultRefusedException {
    return changes.live(name);
  }

  /** The key with its new version. */
  VaultKey rotate(String name) throws VaultRefusedException {
    return rotation.rotate(name);
  }

  /**
   * What a request is counted with. That rotating counts as creating, and that a request which does
   * not lead to a type of key counts as one of hardware, is the stricter reading.
   */
  Optional<RequestBudget.Bucket> bucket(VaultRoute route, HttpRequest request) {
    Operation operation = route.operation();
    if (operation == Operation.RELEASE) {
      return Optional.of(RequestBudget.Bucket.HSM_KEYS);
    }
    if (operation != Operation.CREATE && operation != Operation.ROTATE) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          RequestBudget.Bucket.of(
              operation == Operation.CREATE
                  ? KeyCreation.type(site, body(request))
                  : changes.live(route.name()).current().type()));
    } catch (VaultRefusedException e) {
      return Optional.of(RequestBudget.Bucket.HSM_KEYS);
    }
  }

  HttpResponse operate(ApiVersion apiVersion, VaultRoute route, HttpRequest request)
      throws VaultRefusedException {
    String name = route.name();
    return switch (route.operation()) {
      case LIST -> ok(lists.keys(request, keys(key -> key.deletedAt().isEmpty())));
      case LIST_VERSIONS -> ok(lists.versions(request, changes.live(name)));
      case LIST_DELETED -> ok(lists.deletedKeys(request, keys(key -> key.deletedAt().isPresent())));
      case GET -> bundle(changes.live(name), route.version());
      case GET_DELETED -> ok(json.deletedBundle(changes.deleted(name)));
      case CREATE -> bundle(creation.create(name, apiVersion, body(request)), "");
      case IMPORT -> bundle(imports.imported(name, apiVersion, body(request)), "");
      case UPDATE -> bundle(changes.update(route, body(request)), route.version());
      case DELETE -> ok(json.deletedBundle(changes.delete(name)));
      case RECOVER -> bundle(changes.recover(name), "");
      case PURGE -> {
        changes.purge(name);
        yield HttpResponse.empty(204);
      }
      case BACKUP -> ok(backups.backup(changes.live(name)));
      case RESTORE -> bundle(backups.restore(body(request)), "");
      case ROTATE -> bundle(rotation.rotate(name), "");
      case GET_ROTATION_POLICY -> ok(json.rotationPolicy(changes.live(name)));
      case SET_ROTATION_POLICY ->
          ok(json.rotationPolicy(rotationPolicies.set(name, body(request))));
      case ENCRYPT -> use(CryptoOperations.Use.ENCRYPT, route, request);
      case DECRYPT -> use(CryptoOperations.Use.DECRYPT, route, request);
      case SIGN -> use(CryptoOperations.Use.SIGN, route, request);
      case VERIFY -> use(CryptoOperations.Use.VERIFY, route, request);
      case WRAP_KEY -> use(CryptoOperations.Use.WRAP_KEY, route, request);
      case UNWRAP_KEY -> use(CryptoOperations.Use.UNWRAP_KEY, route, request);
      case RANDOM -> randomOctets(body(request));
      case RELEASE -> throw new IllegalArgumentException("release is decided elsewhere");
    };
  }

  private HttpResponse use(CryptoOperations.Use use, VaultRoute route, HttpRequest request)
      throws VaultRefusedException {
    VaultKey key = changes.live(route.name());
    KeyVersion version = KeyChanges.version(key, route.version());
    String identifier = json.identifier(key.name(), version.id());
    return ok(crypto.use(use, version, identifier, body(request)));
  }

  private HttpResponse randomOctets(KeyBody body) throws VaultRefusedException {
    int count = body.json().path("count").asInt(0);
    if (count < 1 || count > MOST_RANDOM_BYTES) {
      throw VaultRefusals.badParameter("Property count is not a number from 1 to 128.");
    }
    byte[] octets = new byte[count];
    random.nextBytes(octets);
    return ok(Json.object().put("value", Base64Text.url(octets)));
  }

  private List<VaultKey> keys(Predicate<VaultKey> which) {
    return catalog.all().stream().filter(which).toList();
  }

  private HttpResponse bundle(VaultKey key, String version) throws VaultRefusedException {
    return ok(json.bundle(key, KeyChanges.version(key, version)));
  }

  private static KeyBody body(HttpRequest request) throws VaultRefusedException {
    return KeyBody.parse(request.body());
  }

  private static HttpResponse ok(ObjectNode body) {
    return HttpResponse.json(200, body);
  }
}
