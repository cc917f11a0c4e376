package dev.keygate.sidecar.unwrap;

import dev.keygate.endpoint.KeyIdentifier;
import java.util.List;
import java.util.Set;

/**
 * What is public about a released key.
 *
 * @param identifier with its version
 * @param announced its type and public half
 * @param operations the {@code key_ops} of RFC 7517 §4.3 among those that the vault lists; others
 *     are left out, because JOSE libraries refuse a key with a word they do not know
 */
public record KeyDescription(
    KeyIdentifier identifier, AnnouncedKey announced, List<String> operations) {

  private static final Set<String> REGISTERED =
      Set.of(
          "sign",
          "verify",
          "encrypt",
          "decrypt",
          "wrapKey",
          "unwrapKey",
          "deriveKey",
          "deriveBits");

  /**
   * @throws IllegalArgumentException if the identifier has no version
   */
  public KeyDescription {
    operations = operations.stream().filter(REGISTERED::contains).distinct().toList();
    if (identifier.version().isEmpty()) {
      throw new IllegalArgumentException("a released key has a version");
    }
  }
}
