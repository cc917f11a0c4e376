package dev.keygate.evidence.hcl;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the runtime claims from front to back. */
final class RuntimeClaimsReader {

  private static final int MAX_KEYS = 16;
  private static final int MAX_MODULUS_BYTES = 512;
  private static final int MAX_EXPONENT_BYTES = 8;
  private static final Pattern USER_DATA = Pattern.compile("(?:[0-9A-Fa-f]{2}){0,64}");
  private static final Pattern GUID =
      Pattern.compile("[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");

  private static final Pattern THUMBPRINT = Pattern.compile("[!-~]{0,128}");

  private final ClaimsJson json;
  private final List<RsaJwk> keys = new ArrayList<>();
  private final Map<String, Boolean> flags = new HashMap<>();
  private @Nullable String vmUniqueId;
  private @Nullable Instant currentTime;
  private @Nullable String rootCertThumbprint;
  private @Nullable Bytes userData;

  private RuntimeClaimsReader(ClaimsJson json) {
    this.json = json;
  }

  static RuntimeClaims read(Bytes raw) throws EvidenceFormatException {
    RuntimeClaimsReader reader = new RuntimeClaimsReader(ClaimsJson.open(raw));
    reader.json.readObject(reader::readClaim);
    reader.json.requireEnd();
    reader.requireDistinctNames();
    VmConfiguration configuration =
        new VmConfiguration(
            reader.flag("secure-boot"),
            reader.flag("console-enabled"),
            reader.flag("tpm-enabled"),
            reader.flag("tpm-persisted"),
            reader.flag("filtered-vpci-devices-allowed"),
            Optional.ofNullable(reader.vmUniqueId),
            Optional.ofNullable(reader.currentTime),
            Optional.ofNullable(reader.rootCertThumbprint));
    return new RuntimeClaims(raw, reader.keys, configuration, Optional.ofNullable(reader.userData));
  }

  private Optional<Boolean> flag(String name) {
    return Optional.ofNullable(flags.get(name));
  }

  private void readClaim(String name) throws EvidenceFormatException {
    switch (name) {
      case "keys" -> json.readArray(this::readKey);
      case "vm-configuration" -> json.readObject(this::readConfiguration);
      case "user-data" -> userData = Bytes.fromHex(matching(USER_DATA, name, "hexadecimal digits"));
      default -> json.skipValue();
    }
  }

  private void readConfiguration(String name) throws EvidenceFormatException {
    switch (name) {
      case "secure-boot",
          "console-enabled",
          "tpm-enabled",
          "tpm-persisted",
          "filtered-vpci-devices-allowed" ->
          flags.put(name, json.readBoolean(name));
      case "current-time" -> currentTime = Instant.ofEpochSecond(json.readSeconds(name));
      case "root-cert-thumbprint" ->
          rootCertThumbprint = matching(THUMBPRINT, name, "at most 128 printable characters");
      case "vmUniqueId" -> vmUniqueId = matching(GUID, name, "a GUID");
      default -> json.skipValue();
    }
  }

  /** Keys of other types are left out: nothing here uses them. */
  private void readKey() throws EvidenceFormatException {
    Map<String, String> members = new HashMap<>();
    json.readObject(
        name -> {
          switch (name) {
            case "kid", "kty", "n", "e" -> members.put(name, json.readText(name));
            default -> json.skipValue();
          }
        });
    String kid = members.get("kid");
    if (kid == null || !"RSA".equals(members.get("kty"))) {
      return;
    }
    if (keys.size() == MAX_KEYS) {
      throw json.invalid("keys", "at most " + MAX_KEYS, "more");
    }
    keys.add(
        new RsaJwk(
            kid,
            json.number("n", members.get("n"), MAX_MODULUS_BYTES),
            json.number("e", members.get("e"), MAX_EXPONENT_BYTES)));
  }

  private String matching(Pattern pattern, String name, String expected)
      throws EvidenceFormatException {
    String text = json.readText(name);
    if (!pattern.matcher(text).matches()) {
      throw json.invalid(name, expected, text.length() + " other characters");
    }
    return text;
  }

  private void requireDistinctNames() throws EvidenceFormatException {
    Set<String> names = new HashSet<>();
    for (RsaJwk key : keys) {
      if (!names.add(key.kid())) {
        throw json.invalid("keys", "one key of each name", "two");
      }
    }
  }
}
