package dev.keygate.contract;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.keygate.endpoint.EndpointFormatException;
import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.endpoint.KeyVersion;
import dev.keygate.json.JsonLimits;
import dev.keygate.json.JsonReader;
import dev.keygate.json.JsonSyntaxException;
import dev.keygate.json.JsonValue;
import dev.keygate.json.JsonValue.JsonArray;
import dev.keygate.json.JsonValue.JsonNumber;
import dev.keygate.json.JsonValue.JsonObject;
import dev.keygate.json.JsonValue.JsonText;
import dev.keygate.policy.CanonicalWriter;
import dev.keygate.policy.PolicyDigest;
import dev.keygate.policy.PolicyParser;
import dev.keygate.policy.PolicySyntaxException;
import dev.keygate.policy.ReleasePolicyDocument;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The file format of a grant. Members that this release does not know are read over and have no
 * effect; everything it knows is required but {@code fetchWithinSeconds}, whose absence means at
 * once. The policy is its canonical text as a JSON string, so that its digest is over exactly what
 * the file carries.
 */
public final class GrantJson {

  /** UTF-8 bytes of the file: twice the largest policy, for escapes, and the rest. */
  public static final int MAX_BYTES = 160 * 1024;

  private static final String FETCH_WITHIN = "fetchWithinSeconds";
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final JsonLimits LIMITS =
      new JsonLimits(MAX_BYTES, 16, 4_000, JsonLimits.Comments.REFUSED);

  private GrantJson() {}

  /** The file's text, on one line. */
  public static String write(Grant grant) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      json.writeStartObject();
      json.writeNumberField("schemaVersion", Grant.SCHEMA_VERSION);
      json.writeStringField("keyIdentifier", grant.keyIdentifier().toString());
      json.writeArrayFieldStart("versions");
      for (GrantedVersion version : grant.versions()) {
        json.writeStartObject();
        json.writeStringField("version", version.version().value());
        json.writeStringField("state", version.state().name());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeStringField("policy", CanonicalWriter.write(grant.policy()));
      json.writeStringField("policyDigest", grant.policyDigest().value());
      json.writeNumberField("refreshIntervalSeconds", grant.refreshInterval().toSeconds());
      if (grant.fetchWithin().isPositive()) {
        json.writeNumberField(FETCH_WITHIN, grant.fetchWithin().toSeconds());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory does not fail", e);
    }
    return text.toString();
  }

  /**
   * Reads a grant of at most {@link #MAX_BYTES} bytes.
   *
   * @throws GrantFormatException for every text that is not a grant of {@link Grant#SCHEMA_VERSION}
   */
  public static Grant parse(String json) throws GrantFormatException {
    JsonObject root = root(json);
    requireSchemaVersion(root);
    ReleasePolicyDocument policy = policy(root);
    KeyIdentifier keyIdentifier = keyIdentifier(root);
    List<GrantedVersion> versions = versions(root);
    int seconds = wholeNumber(root, "refreshIntervalSeconds", Grant.MAX_REFRESH_INTERVAL_SECONDS);
    int fetchWithin =
        root.members().containsKey(FETCH_WITHIN)
            ? wholeNumber(root, FETCH_WITHIN, Grant.MAX_REFRESH_INTERVAL_SECONDS)
            : 0;
    try {
      return new Grant(
          keyIdentifier,
          versions,
          policy,
          Duration.ofSeconds(seconds),
          Duration.ofSeconds(fetchWithin));
    } catch (IllegalArgumentException e) {
      throw new GrantFormatException("expected a grant in which " + e.getMessage());
    }
  }

  private static JsonObject root(String json) throws GrantFormatException {
    try {
      if (JsonReader.read(json, LIMITS) instanceof JsonObject object) {
        return object;
      }
    } catch (JsonSyntaxException e) {
      throw new GrantFormatException("grant, " + e.getMessage());
    }
    throw new GrantFormatException("expected an object, found another JSON value");
  }

  private static void requireSchemaVersion(JsonObject root) throws GrantFormatException {
    int found = wholeNumber(root, "schemaVersion", Integer.MAX_VALUE);
    if (found != Grant.SCHEMA_VERSION) {
      throw new GrantFormatException(
          "expected schemaVersion " + Grant.SCHEMA_VERSION + ", found " + found);
    }
  }

  private static ReleasePolicyDocument policy(JsonObject root) throws GrantFormatException {
    String digest = text(root, "policyDigest");
    try {
      ReleasePolicyDocument policy = PolicyParser.parse(text(root, "policy"));
      if (!PolicyDigest.isDigest(digest)
          || !PolicyDigest.of(policy).matches(new PolicyDigest(digest))) {
        throw new GrantFormatException("expected policyDigest to be the digest of policy");
      }
      return policy;
    } catch (PolicySyntaxException e) {
      throw new GrantFormatException("policy, " + e.getMessage());
    }
  }

  private static KeyIdentifier keyIdentifier(JsonObject root) throws GrantFormatException {
    try {
      return KeyIdentifier.parse(text(root, "keyIdentifier"));
    } catch (EndpointFormatException e) {
      throw new GrantFormatException("keyIdentifier: " + e.getMessage());
    }
  }

  private static List<GrantedVersion> versions(JsonObject root) throws GrantFormatException {
    if (!(root.members().get("versions") instanceof JsonArray array)) {
      throw new GrantFormatException("expected versions to be an array");
    }
    List<GrantedVersion> versions = new ArrayList<>();
    for (JsonValue element : array.elements()) {
      if (!(element instanceof JsonObject version)) {
        throw new GrantFormatException("expected versions to hold objects");
      }
      versions.add(new GrantedVersion(keyVersion(version), state(version)));
    }
    return versions;
  }

  private static KeyVersion keyVersion(JsonObject version) throws GrantFormatException {
    try {
      return KeyVersion.parse(text(version, "version"));
    } catch (EndpointFormatException e) {
      throw new GrantFormatException("versions: " + e.getMessage());
    }
  }

  private static VersionState state(JsonObject version) throws GrantFormatException {
    String found = text(version, "state");
    for (VersionState state : VersionState.values()) {
      if (state.name().equals(found)) {
        return state;
      }
    }
    throw new GrantFormatException("expected state to be Current or Overlap");
  }

  private static String text(JsonObject object, String member) throws GrantFormatException {
    if (object.members().get(member) instanceof JsonText text) {
      return text.text();
    }
    throw new GrantFormatException("expected " + member + " to be a string");
  }

  private static int wholeNumber(JsonObject object, String member, int max)
      throws GrantFormatException {
    if (object.members().get(member) instanceof JsonNumber found) {
      BigDecimal number = found.number().stripTrailingZeros();
      if (number.scale() <= 0
          && number.signum() > 0
          && number.compareTo(BigDecimal.valueOf(max)) <= 0) {
        return number.intValueExact();
      }
    }
    throw new GrantFormatException("expected " + member + " to be a whole number of 1 to " + max);
  }
}
