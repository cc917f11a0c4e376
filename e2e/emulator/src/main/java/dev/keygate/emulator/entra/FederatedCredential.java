package dev.keygate.emulator.entra;

import java.net.URI;
import java.util.UUID;

/**
 * Whose assertions stand for a principal. Issuer, subject and audience are compared exactly, a
 * trailing slash counts.
 *
 * @param clientId the principal
 * @param issuer an https address with OpenID Connect metadata
 * @param subject such as {@code system:serviceaccount:<namespace>:<name>}
 * @param issuerCaPem the roots that the issuer's server certificate chains to
 */
public record FederatedCredential(
    UUID clientId, String issuer, String subject, String issuerCaPem) {

  /** The only audience there is. */
  public static final String AUDIENCE = "api://AzureADTokenExchange";

  public FederatedCredential {
    if (!"https".equals(URI.create(issuer).getScheme())) {
      throw new IllegalArgumentException("issuer: an https address is expected");
    }
    if (subject.isBlank()) {
      throw new IllegalArgumentException("subject: a text is expected");
    }
    if (!issuerCaPem.contains("-----BEGIN CERTIFICATE-----")) {
      throw new IllegalArgumentException("issuerCaPem: a certificate in PEM is expected");
    }
  }
}
