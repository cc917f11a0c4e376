package dev.keygate.azure.identity;

import dev.keygate.endpoint.VaultHost;
import java.util.regex.Pattern;

/**
 * Whom an access token is for.
 *
 * @param resource {@code https://} and a host, without a trailing slash: the token's {@code aud}
 */
public record Audience(String resource) {

  private static final Pattern FORMAT = Pattern.compile("https://[a-z0-9.-]{1,253}");

  /** Checks the format; services compare the audience as text. */
  public Audience {
    if (!FORMAT.matcher(resource).matches()) {
      throw new IllegalArgumentException("an audience is https://<host> without a trailing slash");
    }
  }

  /** The audience of the service and cloud that a vault belongs to. */
  public static Audience of(VaultHost vault) {
    return new Audience(vault.audience());
  }

  /** The scope that asks Entra for all that the identity may do there. */
  public String scope() {
    return resource + "/.default";
  }
}
