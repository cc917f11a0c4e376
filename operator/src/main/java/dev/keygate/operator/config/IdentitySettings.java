package dev.keygate.operator.config;

import dev.keygate.azure.identity.FederatedIdentity;
import dev.keygate.failure.RefusedException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the settings of workload identity federation. */
final class IdentitySettings {

  private static final String PREFIX = "keygate.identity.";
  private static final Pattern TENANT = Pattern.compile("[0-9a-zA-Z][0-9a-zA-Z.-]{0,126}");
  private static final Pattern GUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final Pattern ORIGIN = Pattern.compile("https://[0-9a-zA-Z.-]{1,253}/?");

  private IdentitySettings() {}

  static FederatedIdentity from(OperatorSettings.Identity written) throws RefusedException {
    String tenant =
        matching(
            "tenant-id", written.tenantId(), TENANT, "a GUID or a domain, from AZURE_TENANT_ID");
    String client = matching("client-id", written.clientId(), GUID, "a GUID, from AZURE_CLIENT_ID");
    Path tokenFile = file(written.federatedTokenFile());
    String authority =
        matching(
            "authority-host",
            Optional.of(written.authorityHost()),
            ORIGIN,
            "an https URL without port and path, from AZURE_AUTHORITY_HOST");
    try {
      return FederatedIdentity.of(authority, tenant, client, tokenFile);
    } catch (RefusedException e) {
      throw Refusal.of(PREFIX + "authority-host", "is not usable: " + e.getMessage());
    }
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
      throw Refusal.of(PREFIX + key, "is " + expected + "; found '" + text + "'");
    }
    return text;
  }

  private static Path file(Optional<String> written) throws RefusedException {
    String key = "federated-token-file";
    String expected = "the absolute path of a token file, from AZURE_FEDERATED_TOKEN_FILE";
    String text =
        written.filter(value -> !value.isBlank()).orElseThrow(() -> missing(key, expected));
    return absolute(text)
        .orElseThrow(() -> Refusal.of(PREFIX + key, "is " + expected + "; found '" + text + "'"));
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
        PREFIX + key,
        "is missing: it is "
            + expected
            + ", which azure-workload-identity sets in pods labelled"
            + " azure.workload.identity/use: \"true\" whose ServiceAccount names a client id");
  }
}
