package dev.keygate.emulator.keyvault.key;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.json.Base64Text;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.json.MalformedTextException;
import java.time.Duration;

/** How a vault shows its keys. Private members are never shown. */
public final class KeyJson {

  private static final int RECOVERABLE_DAYS = 90;

  private final String vaultUrl;

  /**
   * @param vaultUrl without a slash at its end
   */
  public KeyJson(String vaultUrl) {
    this.vaultUrl = vaultUrl;
  }

  /** The identifier of a version; of the key where the version is empty. */
  public String identifier(String name, String version) {
    return vaultUrl + "/keys/" + name + (version.isEmpty() ? "" : "/" + version);
  }

  /** The KeyBundle. */
  public ObjectNode bundle(VaultKey key, KeyVersion version) {
    ObjectNode bundle = Json.object();
    bundle.set("key", jwk(key, version));
    bundle.set("attributes", attributes(key, version));
    putTags(bundle, version);
    key.policy().ifPresent(policy -> bundle.set("release_policy", policy(policy)));
    return bundle;
  }

  /** The KeyBundle with what a deleted key has besides. */
  public ObjectNode deletedBundle(VaultKey key) {
    long deletedAt = key.deletedAt().orElseThrow();
    ObjectNode bundle = Json.object();
    bundle.put("recoveryId", vaultUrl + "/deletedkeys/" + key.name());
    bundle.put("deletedDate", deletedAt);
    bundle.put("scheduledPurgeDate", deletedAt + Duration.ofDays(RECOVERABLE_DAYS).toSeconds());
    return bundle.setAll(bundle(key, key.current()));
  }

  /** One element of a list. */
  public ObjectNode item(VaultKey key, KeyVersion version, String shownVersion) {
    ObjectNode item = Json.object().put("kid", identifier(key.name(), shownVersion));
    item.set("attributes", attributes(key, version));
    putTags(item, version);
    return item;
  }

  /** The public JWK. */
  public ObjectNode jwk(VaultKey key, KeyVersion version) {
    ObjectNode jwk = Json.object().put("kid", identifier(key.name(), version.id()));
    jwk.put("kty", version.type().wireName());
    version.operations().forEach(jwk.putArray("key_ops")::add);
    try {
      return jwk.setAll(Json.parseObject(version.material().publicMembers()));
    } catch (MalformedTextException e) {
      throw new IllegalStateException("the public members of a key are no JSON", e);
    }
  }

  /** The attributes. */
  public ObjectNode attributes(VaultKey key, KeyVersion version) {
    KeyAttributes from = version.attributes();
    ObjectNode attributes = Json.object().put("enabled", from.enabled());
    from.notBefore().ifPresent(seconds -> attributes.put("nbf", seconds));
    from.expires().ifPresent(seconds -> attributes.put("exp", seconds));
    attributes.put("created", from.created()).put("updated", from.updated());
    attributes.put("recoveryLevel", "Recoverable+Purgeable");
    attributes.put("recoverableDays", RECOVERABLE_DAYS).put("exportable", key.exportable());
    return attributes.put("hsmPlatform", version.type().isHsm() ? "2" : "0");
  }

  /** The tags, where there are any. */
  public void putTags(ObjectNode object, KeyVersion version) {
    if (!version.tags().isEmpty()) {
      version.tags().forEach(object.putObject("tags")::put);
    }
  }

  /** The carrier of a policy, its data unpadded. */
  public ObjectNode policy(StoredPolicy policy) {
    ObjectNode carrier = Json.object().put("contentType", policy.contentType());
    carrier.put("data", Base64Text.url(policy.text().getBytes(UTF_8)));
    return carrier.put("immutable", policy.immutable());
  }
}
