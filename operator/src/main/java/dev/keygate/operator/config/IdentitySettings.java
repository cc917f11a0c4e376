package dev.keygate.operator.config;

import dev.keygate.failure.RefusedException;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Workload identity federation.
 *
 * @param tenantId a GUID or a domain of the tenant
 * @param clientId a GUID
 * @param federatedTokenFile read again for every exchange, because it is renewed in place
 * @param authorityHost Entra's origin, {@code https} and without a path
 */
public record IdentitySettings(
    String tenantId, String clientId, Path federatedTokenFile, URI authorityHost) {

  private static final Pattern TENANT = Pattern.compile("[0-9a-zA-Z][0-9a-zA-Z.-]{0,252}");
  private static final Pattern GUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final Pattern ORIGIN = Pattern.compile("https://[0-9a-zA-Z.-]{1,253}/?");

  static IdentitySettings from(OperatorSettings.Identity written) throws RefusedException {
    return new IdentitySettings(
        matching(
            "tenant-id", written.tenantId(), TENANT, "a GUID or a domain, from AZURE_TENANT_ID"),
        matching("client-id", written.clientId(), GUID, "a GUID, from AZURE_CLIENT_ID"),
        file(written.federatedTokenFile()),
        URI.create(
            matching(
                "authority-host",
                Optional.of(written.authorityHost()),
                ORIGIN,
                "an https URL without port and path, from AZURE_AUTHORITY_HOST")));
  }

  private static String matching(
      String key, Optional<String> written, Pattern format, String expected)
      throws RefusedException {
    String text =
        written
            .map(String::strip)
            .filter(value -> !value.isEmpty())
            .orElseThrow(() -> missing(key, expected));
    if (!format.matcher(text).matches()) {
      throw Refusal.of("keygate.identity." + key, "is " + expected + "; found '" + text + "'");
    }
    return text;
  }

  private static Path file(Optional<String> written) throws RefusedException {
    String key = "federated-token-file";
    String expected = "the absolute path of a token file, from AZURE_FEDERATED_TOKEN_FILE";
    String text =
        written.filter(value -> !value.isBlank()).orElseThrow(() -> missing(key, expected));
    Optional<Path> path = absolute(text);
    return path.orElseThrow(
        () -> Refusal.of("keygate.identity." + key, "is " + expected + "; found '" + text + "'"));
  }

  private static Optional<Path> absolute(String text) {
    try {
      return Optional.of(Path.of(text)).filter(Path::isAbsolute);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static RefusedException missing(String key, String expected) {
    return Refusal.of(
        "keygate.identity." + key,
        "is missing: it is "
            + expected
            + ", which azure-workload-identity sets in pods labelled"
            + " azure.workload.identity/use: \"true\" whose ServiceAccount names a client id");
  }
}
