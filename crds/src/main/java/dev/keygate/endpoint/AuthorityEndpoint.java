package dev.keygate.endpoint;

import java.net.URI;
import java.util.List;

/**
 * An attestation provider (MAA) under a suffix of one of Azure's clouds.
 *
 * @param hostName lower case, such as {@code sharedweu.weu.attest.azure.net}
 */
public record AuthorityEndpoint(String hostName) {

  private static final List<String> SUFFIXES =
      List.of("attest.azure.net", "attest.azure.us", "attest.azure.cn");
  private static final String EXPECTED =
      "https://<name>.<region>.<suffix> without credentials, port or path, where the suffix is one"
          + " of "
          + String.join(", ", SUFFIXES);

  /**
   * Checks the rules above.
   *
   * @throws IllegalArgumentException if the host is not under a suffix of an attestation service
   */
  public AuthorityEndpoint {
    if (!isAuthority(hostName)) {
      throw new IllegalArgumentException(hostName + " is not the host of an attestation provider");
    }
  }

  /**
   * Reads a provider's URL; case and one trailing slash are insignificant.
   *
   * @throws EndpointFormatException for anything else
   */
  public static AuthorityEndpoint parse(String url) throws EndpointFormatException {
    return HttpsOrigin.parse(url)
        .filter(origin -> origin.hasNoPath() && isAuthority(origin.hostName()))
        .map(origin -> new AuthorityEndpoint(origin.hostName()))
        .orElseThrow(() -> new EndpointFormatException(EXPECTED, url));
  }

  /** The provider's URL without a trailing slash: what its tokens carry as {@code iss}. */
  public URI url() {
    return URI.create("https://" + hostName);
  }

  @Override
  public String toString() {
    return "https://" + hostName;
  }

  private static boolean isAuthority(String hostName) {
    return SUFFIXES.stream().anyMatch(suffix -> hostName.endsWith("." + suffix))
        && HttpsOrigin.parse("https://" + hostName)
            .filter(origin -> origin.hostName().equals(hostName) && origin.path().isEmpty())
            .isPresent();
  }
}
