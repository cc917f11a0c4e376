package dev.keygate.azure.identity;

import dev.keygate.azure.http.Printable;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * An identity that trusts a cluster's service account.
 *
 * @param authorityHost the login host of the cloud, such as {@code login.microsoftonline.com}
 * @param tenantId a GUID or a verified domain
 * @param clientId the GUID of the application or user-assigned identity
 * @param tokenFile where the kubelet keeps a fresh service account token with the audience {@code
 *     api://AzureADTokenExchange}
 */
public record FederatedIdentity(
    String authorityHost, String tenantId, String clientId, Path tokenFile) {

  /** The login host of the public cloud. */
  public static final String PUBLIC_AUTHORITY_HOST = "login.microsoftonline.com";

  private static final Pattern HOST =
      Pattern.compile(
          "login\\.(microsoftonline\\.com|microsoftonline\\.us|chinacloudapi\\.cn"
              + "|partner\\.microsoftonline\\.cn)");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,126}");

  /** Checks that nothing leads the service account's token elsewhere. */
  public FederatedIdentity {
    if (!HOST.matcher(authorityHost).matches()
        || !NAME.matcher(tenantId).matches()
        || !NAME.matcher(clientId).matches()) {
      throw new IllegalArgumentException("not a login host of Azure, a tenant and a client id");
    }
  }

  /**
   * The same, from settings.
   *
   * @param authority {@code https://<login host>/}, as in {@code AZURE_AUTHORITY_HOST}
   * @throws RefusedException {@code HostNotAllowed} for a host that is no login host of Azure,
   *     {@code SettingsInvalid} for a malformed tenant or client id
   */
  public static FederatedIdentity of(
      String authority, String tenantId, String clientId, Path tokenFile) throws RefusedException {
    String host = authority.replaceFirst("^https://", "").replaceFirst("/$", "");
    if (!HOST.matcher(host).matches()) {
      throw new RefusedException(
          Reason.HostNotAllowed,
          "the login authority was expected as https://login.microsoftonline.com/ or that of"
              + " another Azure cloud, found "
              + Printable.of(authority));
    }
    if (!NAME.matcher(tenantId).matches() || !NAME.matcher(clientId).matches()) {
      throw new RefusedException(
          Reason.SettingsInvalid,
          "the tenant and the client id were expected as GUIDs, found "
              + Printable.of(tenantId)
              + " and "
              + Printable.of(clientId));
    }
    return new FederatedIdentity(host, tenantId, clientId, tokenFile);
  }
}
