package dev.keygate.azure.keyvault;

import dev.keygate.azure.json.JsonFormatException;
import dev.keygate.azure.json.JsonMembers;
import dev.keygate.endpoint.EndpointFormatException;
import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.evidence.bytes.Bytes;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads key bundles, as leniently as the two services vary. */
final class KeyBundle {

  private static final long LAST_SECOND = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

  private static final int LARGEST_OCT_BITS = 4096;

  private KeyBundle() {}

  /**
   * @param asked the key that was asked for; the answer must be about it
   */
  static VaultKey read(JsonMembers bundle, KeyIdentifier asked) throws JsonFormatException {
    JsonMembers key = bundle.members("key");
    JsonMembers attributes = bundle.members("attributes");
    KeyProperties properties =
        new KeyProperties(key.texts("key_ops"), lifetime(attributes), bundle.textMap("tags"));
    VaultKey.Recorded recorded =
        new VaultKey.Recorded(
            attributes.optionalBoolean("exportable").orElse(false),
            releasePolicy(bundle),
            time(attributes, "created").orElse(Instant.EPOCH),
            time(attributes, "updated").orElse(Instant.EPOCH));
    return new VaultKey(identifier(key, asked), shape(key), properties, recorded);
  }

  static VaultKeyVersion readVersion(JsonMembers item, KeyIdentifier asked)
      throws JsonFormatException {
    JsonMembers attributes = item.members("attributes");
    return new VaultKeyVersion(
        identifier(item, asked),
        attributes.optionalBoolean("enabled").orElse(true),
        time(attributes, "created").orElse(Instant.EPOCH));
  }

  static DeletedKey readDeleted(JsonMembers bundle, KeyIdentifier asked)
      throws JsonFormatException {
    KeyIdentifier id = identifier(bundle.members("key"), asked);
    return new DeletedKey(
        id.base(),
        time(bundle, "deletedDate"),
        time(bundle, "scheduledPurgeDate"),
        bundle.textMap("tags"));
  }

  /** That an answer is about the key that was asked for, whatever else it says. */
  static void requireAbout(JsonMembers bundle, KeyIdentifier asked) throws JsonFormatException {
    identifier(bundle.members("key"), asked);
  }

  private static KeyIdentifier identifier(JsonMembers key, KeyIdentifier asked)
      throws JsonFormatException {
    try {
      KeyIdentifier id = KeyIdentifier.parse(key.text("kid"));
      boolean isAsked =
          id.vault().equals(asked.vault())
              && id.name().equalsIgnoreCase(asked.name())
              && (asked.version().isEmpty() || asked.version().equals(id.version()));
      if (isAsked && id.version().isPresent()) {
        return asked.at(id.version().get());
      }
    } catch (EndpointFormatException noIdentifier) {
      throw new JsonFormatException("kid is no key identifier");
    }
    throw new JsonFormatException("kid is not a version of the key that was asked for");
  }

  private static KeyShape shape(JsonMembers key) throws JsonFormatException {
    String kty = key.text("kty");
    return switch (kty) {
      case "RSA", "RSA-HSM" -> new KeyShape.Rsa(kty, modulusBits(key.text("n")));
      case "EC", "EC-HSM" -> new KeyShape.Ec(kty, key.text("crv"));
      case "oct", "oct-HSM" -> {
        Optional<Long> bits = key.optionalNumber("key_size").filter(n -> n <= LARGEST_OCT_BITS);
        yield new KeyShape.Oct(
            kty, bits.isPresent() ? OptionalInt.of(bits.get().intValue()) : OptionalInt.empty());
      }
      default -> throw new JsonFormatException("key.kty is not a key type of the API");
    };
  }

  private static int modulusBits(String base64Url) throws JsonFormatException {
    return new BigInteger(1, lenientBase64("key.n", base64Url).toArray()).bitLength();
  }

  private static KeyLifetime lifetime(JsonMembers attributes) throws JsonFormatException {
    return new KeyLifetime(
        attributes.optionalBoolean("enabled").orElse(true),
        time(attributes, "nbf"),
        time(attributes, "exp"));
  }

  private static Optional<VaultReleasePolicy> releasePolicy(JsonMembers bundle)
      throws JsonFormatException {
    Optional<JsonMembers> policy = bundle.optionalMembers("release_policy");
    if (policy.isEmpty()) {
      return Optional.empty();
    }
    boolean isImmutable = policy.get().optionalBoolean("immutable").orElse(false);
    return Optional.of(
        new VaultReleasePolicy(
            lenientBase64("release_policy.data", policy.get().text("data")).utf8(),
            isImmutable
                ? VaultReleasePolicy.Mutability.IMMUTABLE
                : VaultReleasePolicy.Mutability.MUTABLE));
  }

  /** Of either alphabet, with or without padding. */
  private static Bytes lenientBase64(String name, String text) throws JsonFormatException {
    try {
      String urlSafe = text.replace('+', '-').replace('/', '_').replaceFirst("=+$", "");
      return Bytes.copyOf(Base64.getUrlDecoder().decode(urlSafe));
    } catch (IllegalArgumentException notBase64) {
      throw new JsonFormatException(name + " is not base64");
    }
  }

  private static Optional<Instant> time(JsonMembers members, String name)
      throws JsonFormatException {
    Optional<Long> seconds = members.optionalNumber(name);
    if (seconds.isPresent() && (seconds.get() < 0 || seconds.get() > LAST_SECOND)) {
      throw new JsonFormatException(name + " is no time");
    }
    return seconds.map(Instant::ofEpochSecond);
  }
}
