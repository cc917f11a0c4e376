package dev.keygate.azure.keyvault;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.azure.jose.Base64Url;
import dev.keygate.evidence.bytes.Bytes;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;

/** Writes the bodies of create and update. */
final class KeyBundleJson {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private KeyBundleJson() {}

  static String creation(KeyCreation creation) {
    ObjectNode body = NODES.objectNode();
    body.put("kty", creation.shape().kty());
    switch (creation.shape()) {
      case KeyShape.Rsa rsa -> body.put("key_size", rsa.sizeBits());
      case KeyShape.Ec ec -> body.put("crv", ec.curve());
      case KeyShape.Oct oct -> oct.sizeBits().ifPresent(bits -> body.put("key_size", bits));
    }
    putProperties(body, creation.properties());
    ((ObjectNode) body.get("attributes")).put("exportable", true);
    body.set("release_policy", policyNode(creation.releasePolicy()));
    return body.toString();
  }

  static String properties(KeyProperties properties) {
    ObjectNode body = NODES.objectNode();
    putProperties(body, properties);
    return body.toString();
  }

  static String policy(VaultReleasePolicy policy) {
    ObjectNode body = NODES.objectNode();
    body.set("release_policy", policyNode(policy));
    return body.toString();
  }

  private static void putProperties(ObjectNode body, KeyProperties properties) {
    if (!properties.operations().isEmpty()) {
      properties.operations().forEach(body.putArray("key_ops")::add);
    }
    ObjectNode attributes = body.putObject("attributes");
    attributes.put("enabled", properties.lifetime().enabled());
    putTime(attributes, "nbf", properties.lifetime().notBefore());
    putTime(attributes, "exp", properties.lifetime().expires());
    ObjectNode tags = body.putObject("tags");
    new TreeMap<>(properties.tags()).forEach(tags::put);
  }

  private static void putTime(ObjectNode attributes, String name, Optional<Instant> time) {
    time.ifPresent(at -> attributes.put(name, at.getEpochSecond()));
  }

  private static ObjectNode policyNode(VaultReleasePolicy policy) {
    ObjectNode node = NODES.objectNode();
    node.put("contentType", "application/json; charset=utf-8");
    node.put("data", Base64Url.encode(Bytes.ofUtf8(policy.json())));
    node.put("immutable", policy.mutability() == VaultReleasePolicy.Mutability.IMMUTABLE);
    return node;
  }
}
