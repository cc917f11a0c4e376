package dev.keygate.emulator.keyvault.key;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.json.Base64Text;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.keyvault.site.VaultSite;
import dev.keygate.endpoint.VaultKind;

/** How a vault shows its keys. Private members are never shown. */
public final class KeyJson {

  // What recorded answers of vaults say for RSA-HSM: 65537 with a leading zero octet. Those of
  // Managed HSM have none.
  private static final String EXPONENT = "AQAB";
  private static final String VAULT_EXPONENT = "AAEAAQ";

  private final VaultKind kind;
  private final String vaultUrl;

  /** Shows the keys of this vault. */
  public KeyJson(VaultSite site) {
    this.kind = site.kind();
    this.vaultUrl = site.url();
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
    ObjectNode bundle = Json.object();
    bundle.put("recoveryId", vaultUrl + "/deletedkeys/" + key.name());
    bundle.put("deletedDate", key.deletedAt().orElseThrow());
    bundle.put("scheduledPurgeDate", key.purgedAt().orElseThrow());
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
    jwk.setAll(version.material().members());
    if (kind == VaultKind.VAULT
        && version.type() == KeyType.RSA_HSM
        && jwk.path("e").asText().equals(EXPONENT)) {
      jwk.put("e", VAULT_EXPONENT);
    }
    return jwk;
  }

  /** The attributes. */
  public ObjectNode attributes(VaultKey key, KeyVersion version) {
    KeyAttributes from = version.attributes();
    ObjectNode attributes = Json.object().put("enabled", from.enabled());
    from.notBefore().ifPresent(seconds -> attributes.put("nbf", seconds));
    from.expires().ifPresent(seconds -> attributes.put("exp", seconds));
    attributes.put("created", from.created()).put("updated", from.updated());
    attributes.put("recoveryLevel", "Recoverable+Purgeable");
    attributes.put("recoverableDays", VaultKey.RECOVERABLE.toDays());
    attributes.put("exportable", key.exportable());
    return attributes.put("hsmPlatform", version.type().isHsm() ? "2" : "0");
  }

  /** The rotation policy of a key. */
  public ObjectNode rotationPolicy(VaultKey key) {
    ObjectNode policy =
        Json.object().put("id", vaultUrl + "/keys/" + key.name() + "/rotationpolicy");
    return policy.setAll(RotationPolicyJson.write(key.rotation().orElse(RotationPolicy.DEFAULT)));
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
