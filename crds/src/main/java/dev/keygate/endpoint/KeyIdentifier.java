package dev.keygate.endpoint;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a key lives: its vault, its name and, unless it is a <em>base identifier</em>, its version.
 *
 * @param name 1 to 127 letters, digits and hyphens; Key Vault compares names without case, we do
 *     not
 * @param version empty in a base identifier, which stands for the key whatever its version
 */
public record KeyIdentifier(VaultHost vault, String name, Optional<KeyVersion> version) {

  private static final String EXPECTED =
      "https://<vault>/keys/<name>[/<version>], where the vault is a host under a vault suffix, the"
          + " name 1 to 127 letters, digits and hyphens, and the version 32 lower-case hexadecimal"
          + " digits";
  private static final Pattern NAME = Pattern.compile("[0-9a-zA-Z-]{1,127}");
  private static final Pattern PATH =
      Pattern.compile("/keys/([0-9a-zA-Z-]{1,127})(?:/([0-9a-f]{32}))?/?");

  /**
   * Checks the rules above.
   *
   * @throws IllegalArgumentException if the name is not a key's name
   */
  public KeyIdentifier {
    if (!isName(name)) {
      throw new IllegalArgumentException("a key's name is 1 to 127 letters, digits and hyphens");
    }
  }

  /** The base identifier of a key. */
  public static KeyIdentifier of(VaultHost vault, String name) {
    return new KeyIdentifier(vault, name, Optional.empty());
  }

  /**
   * Reads {@code https://<vault>/keys/<name>[/<version>]}.
   *
   * @throws EndpointFormatException for anything else
   */
  public static KeyIdentifier parse(String url) throws EndpointFormatException {
    HttpsOrigin origin =
        HttpsOrigin.parse(url)
            .filter(o -> VaultHost.isVault(o.hostName()))
            .orElseThrow(() -> new EndpointFormatException(EXPECTED, url));
    Matcher path = PATH.matcher(origin.path());
    if (!path.matches()) {
      throw new EndpointFormatException(EXPECTED, url);
    }
    return new KeyIdentifier(
        new VaultHost(origin.hostName()),
        path.group(1),
        Optional.ofNullable(path.group(2)).map(KeyVersion::new));
  }

  /** Whether a vault would accept this as the name of a key. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /** The same key, whatever its version. */
  public KeyIdentifier base() {
    return of(vault, name);
  }

  /** One version of the same key. */
  public KeyIdentifier at(KeyVersion keyVersion) {
    return new KeyIdentifier(vault, name, Optional.of(keyVersion));
  }

  /** The URL, as in the {@code kid} of a key bundle. */
  @Override
  public String toString() {
    return vault + "/keys/" + name + version.map(v -> "/" + v).orElse("");
  }
}
