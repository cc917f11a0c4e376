package dev.keygate.azure.jose;

import dev.keygate.azure.jose.JwsRefusedException.Check;
import dev.keygate.azure.json.JsonFormatException;
import dev.keygate.azure.json.JsonMembers;
import dev.keygate.evidence.bytes.Bytes;
import java.security.interfaces.RSAPublicKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The RSA signature keys of a key set (RFC 7517), by {@code kid}. Keys of other types, without an
 * identifier, or too small to be trusted are left out. Immutable.
 */
public final class Jwks {

  private static final int SIZE_LIMIT_BYTES = 1 << 20;
  private static final int KEYS_LIMIT = 256;

  private final Map<String, RSAPublicKey> keys;

  private Jwks(Map<String, RSAPublicKey> keys) {
    this.keys = Map.copyOf(keys);
  }

  /**
   * Reads a key set; a key's numbers come from {@code n} and {@code e} or, where these are absent,
   * from the first certificate of {@code x5c}. Who publishes the set is what makes it genuine: the
   * certificates are not verified.
   *
   * @throws JwsRefusedException if it is larger than 1 MiB or not a key set, two usable keys share
   *     an identifier, or a key contradicts its own certificate
   */
  public static Jwks parse(Bytes json) throws JwsRefusedException {
    if (json.size() > SIZE_LIMIT_BYTES) {
      throw new JwsRefusedException(Check.SIZE, "the key set has more than 1 MiB");
    }
    try {
      JsonMembers set = JsonMembers.parse(json);
      List<JsonMembers> entries = set.list("keys");
      if (!set.has("keys") || entries.size() > KEYS_LIMIT) {
        throw new JwsRefusedException(
            Check.FORMAT, "the key set does not hold up to " + KEYS_LIMIT + " keys");
      }
      return new Jwks(usable(entries));
    } catch (JsonFormatException malformed) {
      throw new JwsRefusedException(
          Check.FORMAT, "the key set is malformed: " + malformed.getMessage());
    }
  }

  private static Map<String, RSAPublicKey> usable(List<JsonMembers> entries)
      throws JsonFormatException, JwsRefusedException {
    Map<String, RSAPublicKey> keys = new LinkedHashMap<>();
    for (JsonMembers entry : entries) {
      Optional<String> keyId = entry.optionalText("kid").filter(id -> !id.isEmpty());
      Optional<RSAPublicKey> key = JwkKey.read(entry);
      if (keyId.isPresent() && key.isPresent()) {
        RSAPublicKey before = keys.put(keyId.get(), key.get());
        if (before != null && !before.equals(key.get())) {
          throw new JwsRefusedException(
              Check.FORMAT, "two different keys of the key set share an identifier");
        }
      }
    }
    return keys;
  }

  /** The identifiers of the usable keys. */
  public Set<String> keyIds() {
    return keys.keySet();
  }

  /**
   * The token if the key that it names has signed it. No other key is tried.
   *
   * @throws JwsRefusedException with {@code KEY_ID} if the token names none or one that is not
   *     here, with {@code SIGNATURE} if it does not verify
   */
  public VerifiedJws verify(CompactJws token) throws JwsRefusedException {
    RSAPublicKey key = token.unverifiedKeyId().map(keys::get).orElse(null);
    if (key == null) {
      throw new JwsRefusedException(Check.KEY_ID, "the key set does not hold the token's key");
    }
    return token.verify(key);
  }
}
