package dev.keygate.sidecar.localapi;

import dev.keygate.sidecar.unwrap.KeyEncoding;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads {@code Accept}: media types separated by commas, the first known one counts, and quality
 * values are not weighed. Without the header, or for any type, a key is a JWK.
 */
final class Acceptable {

  private static final Map<String, KeyEncoding> TYPES =
      Map.of(
          "application/jwk+json", KeyEncoding.JWK,
          "application/json", KeyEncoding.JWK,
          "application/*", KeyEncoding.JWK,
          "*/*", KeyEncoding.JWK,
          "application/x-pem-file", KeyEncoding.PKCS8_PEM,
          "application/pkcs8", KeyEncoding.PKCS8_PEM,
          "application/octet-stream", KeyEncoding.RAW);

  private Acceptable() {}

  static Optional<KeyEncoding> encoding(List<String> accept) {
    if (accept.isEmpty()) {
      return Optional.of(KeyEncoding.JWK);
    }
    return accept.stream()
        .flatMap(value -> List.of(value.split(",", -1)).stream())
        .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
        .flatMap(type -> Optional.ofNullable(TYPES.get(type)).stream())
        .findFirst();
  }

  static String contentType(KeyEncoding encoding) {
    return switch (encoding) {
      case JWK -> "application/jwk+json";
      case PKCS8_PEM -> "application/x-pem-file";
      case RAW -> "application/octet-stream";
    };
  }
}
