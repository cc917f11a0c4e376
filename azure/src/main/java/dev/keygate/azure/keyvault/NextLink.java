package dev.keygate.azure.keyvault;

import dev.keygate.azure.json.JsonFormatException;
import dev.keygate.endpoint.KeyIdentifier;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** The address of a list's next page, which the vault chooses and we check. */
final class NextLink {

  private NextLink() {}

  /** The address, if it is one of the same key's list of versions in the same vault. */
  static URI within(KeyIdentifier base, String link) throws JsonFormatException {
    try {
      URI uri = new URI(link);
      boolean isSameList =
          "https".equals(uri.getScheme())
              && isAt(base, uri.getRawAuthority())
              && ("/keys/" + base.name() + "/versions").equalsIgnoreCase(uri.getRawPath())
              && uri.getRawFragment() == null;
      if (isSameList) {
        return uri;
      }
    } catch (URISyntaxException malformed) {
      throw new JsonFormatException("nextLink is no address");
    }
    throw new JsonFormatException("nextLink leads out of the list");
  }

  /** Key Vault names the port of HTTPS although it is the usual one. */
  private static boolean isAt(KeyIdentifier base, @Nullable String authority) {
    String host = base.vault().hostName();
    return host.equals(authority) || (host + ":443").equals(authority);
  }
}
