package dev.keygate.operator.config;

import dev.keygate.azure.identity.FederatedIdentity;
import dev.keygate.failure.RefusedException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads the settings of the webhook. */
final class WebhookReading {

  private static final String PREFIX = "keygate.webhook.";
  private static final String DIRECTORY = PREFIX + "certificate-directory";

  private WebhookReading() {}

  static Optional<WebhookSettings> from(
      OperatorSettings written, NamespaceScope namespaces, FederatedIdentity identity)
      throws RefusedException {
    OperatorSettings.Webhook webhook = written.webhook();
    if (!isEnabled(webhook.enabled().strip())) {
      return Optional.empty();
    }
    EntraDefaults entra =
        new EntraDefaults(identity.tenantId(), "https://" + identity.authorityHost() + "/");
    return Optional.of(
        new WebhookSettings(
            port(webhook.port().strip()),
            certificate(webhook, namespaces),
            InjectionReading.from(written, namespaces, entra)));
  }

  private static boolean isEnabled(String text) throws RefusedException {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw Refusal.of(PREFIX + "enabled", "is true or false; found '" + text + "'");
    };
  }

  private static int port(String text) throws RefusedException {
    if (text.matches("[0-9]{1,5}")) {
      int port = Integer.parseInt(text);
      if (port >= 1 && port <= 65535) {
        return port;
      }
    }
    throw Refusal.of(
        PREFIX + "port",
        "is a port from 1 to 65535; found '"
            + text
            + "' (in a pod, enableServiceLinks: false keeps the Service keygate-webhook from"
            + " setting it)");
  }

  private static CertificateSettings certificate(
      OperatorSettings.Webhook written, NamespaceScope namespaces) throws RefusedException {
    return new CertificateSettings(
        origin(written, namespaces),
        DurationSetting.parse(
            PREFIX + "certificate-check-interval", written.certificateCheckInterval()));
  }

  private static CertificateSettings.Origin origin(
      OperatorSettings.Webhook written, NamespaceScope namespaces) throws RefusedException {
    Optional<String> directory = written.certificateDirectory().filter(text -> !text.isBlank());
    switch (written.certificate().strip()) {
      case "SelfManaged" -> {
        if (directory.isPresent()) {
          throw Refusal.of(DIRECTORY, "is void unless " + PREFIX + "certificate is Mounted");
        }
        return new CertificateSettings.SelfManaged(namespaces.own());
      }
      case "Mounted" -> {
        return new CertificateSettings.Mounted(directory(directory.orElse("")));
      }
      default ->
          throw Refusal.of(
              PREFIX + "certificate",
              "is SelfManaged or Mounted; found '" + written.certificate() + "'");
    }
  }

  private static Path directory(String text) throws RefusedException {
    try {
      Path directory = Path.of(text);
      if (directory.isAbsolute()) {
        return directory;
      }
    } catch (InvalidPathException e) {
      // Said below.
    }
    throw Refusal.of(
        DIRECTORY, "is the absolute path of a folder for Mounted; found '" + text + "'");
  }
}
