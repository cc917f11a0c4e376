package dev.keygate.endpoint;

import java.net.URI;
import java.util.regex.Pattern;

/**
 * A vault or Managed HSM, named by its host under a suffix of one of Azure's clouds.
 *
 * @param hostName lower case, such as {@code contoso.vault.azure.net}; one label before the suffix
 */
public record VaultHost(String hostName) {

  private static final String EXPECTED =
      "https://<name>.<suffix> without credentials, port or path, where the suffix is one of "
          + VaultSuffix.domains();
  private static final Pattern NAME = Pattern.compile(HttpsOrigin.LABEL);

  /**
   * Checks the rules above.
   *
   * @throws IllegalArgumentException if the host is not directly under a vault suffix
   */
  public VaultHost {
    if (!isVault(hostName)) {
      throw new IllegalArgumentException(hostName + " is not the host of a vault");
    }
  }

  /**
   * Reads a vault's URL, such as {@code https://contoso.vault.azure.net}; case and one trailing
   * slash are insignificant.
   *
   * @throws EndpointFormatException for anything else
   */
  public static VaultHost parse(String url) throws EndpointFormatException {
    return HttpsOrigin.parse(url)
        .filter(origin -> origin.hasNoPath() && isVault(origin.hostName()))
        .map(origin -> new VaultHost(origin.hostName()))
        .orElseThrow(() -> new EndpointFormatException(EXPECTED, url));
  }

  /** Which of the two services answers there. */
  public VaultKind kind() {
    return suffix().kind();
  }

  /**
   * The audience ({@code aud}, or {@code resource}) of its access tokens: {@code https://} and the
   * suffix, without a trailing slash.
   */
  public String audience() {
    return "https://" + suffix().domain();
  }

  /** The vault's URL, without a trailing slash. */
  public URI url() {
    return URI.create("https://" + hostName);
  }

  @Override
  public String toString() {
    return "https://" + hostName;
  }

  static boolean isVault(String hostName) {
    return VaultSuffix.of(hostName)
        .map(suffix -> hostName.substring(0, hostName.length() - suffix.domain().length() - 1))
        .filter(name -> NAME.matcher(name).matches())
        .isPresent();
  }

  private VaultSuffix suffix() {
    return VaultSuffix.of(hostName).orElseThrow();
  }
}
