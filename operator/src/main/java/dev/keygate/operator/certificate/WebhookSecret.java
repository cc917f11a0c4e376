package dev.keygate.operator.certificate;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;

/**
 * The one Secret that the operator may read and update. It may create none, because Kubernetes
 * cannot limit that to a name; so it is shipped, without data.
 */
final class WebhookSecret {

  static final String NAME = "keygate-webhook-tls";

  private static final int CONFLICT = 409;

  private final KubernetesClient client;
  private final String namespace;

  /** The Secret's write was overtaken by another replica's. */
  static final class OvertakenException extends Exception {
    private static final long serialVersionUID = 1L;
  }

  /** One state of it. */
  record State(Secret secret) {

    /** Empty texts stand for what is missing, or is no text. */
    SecretTexts texts() {
      return new SecretTexts(text("tls.crt"), text("tls.key"), text("ca.crt"), text("ca.key"));
    }

    private String text(String entry) {
      Map<String, String> data = Objects.requireNonNullElse(secret.getData(), Map.of());
      try {
        return new String(
            Base64.getDecoder().decode(data.getOrDefault(entry, "")), StandardCharsets.US_ASCII);
      } catch (IllegalArgumentException e) {
        return "";
      }
    }

    /** Without its data. */
    @Override
    public String toString() {
      return "State[" + secret.getMetadata().getResourceVersion() + "]";
    }
  }

  WebhookSecret(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  State read() throws CertificateUnavailableException {
    try {
      Secret secret = client.secrets().inNamespace(namespace).withName(NAME).get();
      if (secret == null) {
        throw new CertificateUnavailableException(
            "The Secret "
                + namespace
                + "/"
                + NAME
                + " is missing: apply the one of deploy/install, without data; the operator may"
                + " not create it");
      }
      return new State(secret);
    } catch (KubernetesClientException e) {
      throw failed("read", e);
    }
  }

  /**
   * Writes, if nobody else has since the state was read.
   *
   * @throws OvertakenException if somebody has
   */
  void write(State before, SecretTexts texts)
      throws CertificateUnavailableException, OvertakenException {
    Secret desired =
        new SecretBuilder(before.secret())
            .addToData("tls.crt", encoded(texts.chain()))
            .addToData("tls.key", encoded(texts.key()))
            .addToData("ca.crt", encoded(texts.authorities()))
            .addToData("ca.key", encoded(texts.authorityKey()))
            .build();
    try {
      client.secrets().inNamespace(namespace).resource(desired).update();
    } catch (KubernetesClientException e) {
      if (e.getCode() == CONFLICT) {
        throw new OvertakenException();
      }
      throw failed("write", e);
    }
  }

  /** Without the client's cause, whose message may quote what was sent. */
  private CertificateUnavailableException failed(String act, KubernetesClientException e) {
    return new CertificateUnavailableException(
        "The API server does not let the operator "
            + act
            + " the Secret "
            + namespace
            + "/"
            + NAME
            + " (status "
            + e.getCode()
            + "): see its Role in deploy/install");
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }
}
