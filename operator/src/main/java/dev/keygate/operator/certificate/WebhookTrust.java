package dev.keygate.operator.certificate;

import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhook;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the API server which authorities the webhook's certificate may be issued by. */
final class WebhookTrust {

  static final String CONFIGURATION = "keygate-injection";

  private static final Logger LOG = LoggerFactory.getLogger(WebhookTrust.class);

  private final KubernetesClient client;

  WebhookTrust(KubernetesClient client) {
    this.client = client;
  }

  /**
   * Writes the {@code caBundle} of the webhook's configuration, if it differs.
   *
   * @throws CertificateUnavailableException if the API server does not take it: a certificate by
   *     these authorities must not be shown yet
   */
  void establish(List<X509Certificate> authorities) throws CertificateUnavailableException {
    String bundle =
        Base64.getEncoder()
            .encodeToString(PemText.of(authorities).getBytes(StandardCharsets.US_ASCII));
    Resource<MutatingWebhookConfiguration> configuration =
        client.admissionRegistration().v1().mutatingWebhookConfigurations().withName(CONFIGURATION);
    try {
      MutatingWebhookConfiguration found = configuration.get();
      if (found == null) {
        // Then nobody calls; whoever installs it later is told at the next check.
        LOG.debug("There is no MutatingWebhookConfiguration {}", CONFIGURATION);
        return;
      }
      List<Map<String, String>> patch = patch(found, bundle);
      if (!patch.isEmpty()) {
        configuration.patch(
            PatchContext.of(PatchType.JSON), client.getKubernetesSerialization().asJson(patch));
        LOG.info("The API server was told to trust {} authorities", authorities.size());
      }
    } catch (KubernetesClientException e) {
      throw new CertificateUnavailableException(
          "The API server does not let the operator change the caBundle of the"
              + " MutatingWebhookConfiguration "
              + CONFIGURATION
              + " (status "
              + e.getCode()
              + "): see its ClusterRole in deploy/install",
          e);
    }
  }

  /** Guarded by the version that was read: somebody may have moved the list's elements since. */
  private static List<Map<String, String>> patch(
      MutatingWebhookConfiguration found, String bundle) {
    List<Map<String, String>> operations = new ArrayList<>();
    List<MutatingWebhook> webhooks = found.getWebhooks();
    for (int i = 0; i < webhooks.size(); i++) {
      if (!bundle.equals(webhooks.get(i).getClientConfig().getCaBundle())) {
        operations.add(operation("add", "/webhooks/" + i + "/clientConfig/caBundle", bundle));
      }
    }
    if (!operations.isEmpty()) {
      operations.addFirst(
          operation("test", "/metadata/resourceVersion", found.getMetadata().getResourceVersion()));
    }
    return operations;
  }

  private static Map<String, String> operation(String op, String path, String value) {
    return Map.of("op", op, "path", path, "value", value);
  }
}
