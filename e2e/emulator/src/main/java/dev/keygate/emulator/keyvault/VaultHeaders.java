package dev.keygate.emulator.keyvault;

import dev.keygate.emulator.keyvault.site.VaultSite;
import dev.keygate.emulator.net.HttpRequest;
import dev.keygate.emulator.net.HttpResponse;
import java.util.Optional;
import java.util.UUID;

/** The header fields that recorded answers have, whatever was asked. */
final class VaultHeaders {

  private VaultHeaders() {}

  static HttpResponse add(VaultSite site, HttpResponse response, UUID requestId) {
    HttpResponse common =
        response
            .with("Cache-Control", "no-cache")
            .with("x-ms-keyvault-region", site.location())
            .with("x-ms-request-id", requestId.toString())
            .with("X-Content-Type-Options", "nosniff");
    return switch (site.kind()) {
      case VAULT ->
          common
              .with("Pragma", "no-cache")
              .with("Expires", "-1")
              .with("x-ms-keyvault-service-version", "1.9.2784.1")
              .with(
                  "x-ms-keyvault-network-info",
                  "conn_type=Ipv4;addr=127.0.0.1;act_addr_fam=InterNetwork;")
              .with("Strict-Transport-Security", "max-age=31536000;includeSubDomains");
      case MANAGED_HSM ->
          common
              .with("x-ms-server-latency", "0")
              .with("Content-Security-Policy", "default-src 'self'")
              .with("X-Frame-Options", "SAMEORIGIN")
              .with("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
    };
  }

  /** Key Vault repeats what the client called its request. */
  static HttpResponse echo(VaultSite site, HttpRequest request, HttpResponse response) {
    Optional<String> client = request.header("x-ms-client-request-id");
    return client.isPresent() && !site.isManagedHsm()
        ? response.with("x-ms-client-request-id", client.get())
        : response;
  }
}
