package dev.keygate.cluster.pki;

import dev.keygate.azure.time.SystemTime;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;

/**
 * What a webhook behind a Service shows to the API server.
 *
 * @param authority whom the API server is told to trust
 * @param server signed by it
 */
public record WebhookCredentials(Credential authority, Credential server) {

  public static WebhookCredentials make(Path directory, String name) throws Exception {
    CertificateAuthority authority =
        CertificateAuthority.create(directory, new SystemTime(), new SecureRandom());
    return new WebhookCredentials(
        authority.self(), authority.server("webhook", "CN=webhook", List.of(name)));
  }
}
