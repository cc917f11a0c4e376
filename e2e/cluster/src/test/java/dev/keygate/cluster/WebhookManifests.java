package dev.keygate.cluster;

import dev.keygate.cluster.pki.WebhookCredentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** What a webhook behind a Service is made of. */
final class WebhookManifests {

  private WebhookManifests() {}

  static String secret(WebhookCredentials credentials) throws IOException {
    return """
    apiVersion: v1
    kind: Secret
    metadata: {name: webhook}
    data: {tls.crt: %s, tls.key: %s}
    """
        .formatted(base64(credentials.server().certificate()), base64(credentials.server().key()));
  }

  static String service(String name) {
    return """
    apiVersion: v1
    kind: Service
    metadata: {name: %1$s}
    spec: {selector: {app: %1$s}, ports: [{port: 443, targetPort: 8443}]}
    """
        .formatted(name);
  }

  /** Asks the service about every new ConfigMap with the label {@code ask} of the same name. */
  static String configuration(WebhookCredentials credentials, String namespace, String service)
      throws IOException {
    return """
    apiVersion: admissionregistration.k8s.io/v1
    kind: MutatingWebhookConfiguration
    metadata: {name: %1$s}
    webhooks:
    - name: %1$s.keygate.test
      sideEffects: None
      failurePolicy: Fail
      timeoutSeconds: 5
      admissionReviewVersions: [v1]
      objectSelector: {matchLabels: {ask: %1$s}}
      rules: [{apiGroups: [''], apiVersions: [v1], operations: [CREATE], resources: [configmaps]}]
      clientConfig:
        service: {name: %1$s, namespace: %2$s, path: /admission}
        caBundle: %3$s
    """
        .formatted(service, namespace, base64(credentials.authority().certificate()));
  }

  static String configMapThatAsks(String service) {
    return """
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: asks-%1$s, labels: {ask: %1$s}}
    """
        .formatted(service);
  }

  private static String base64(Path file) throws IOException {
    return Base64.getEncoder().encodeToString(Files.readAllBytes(file));
  }
}
