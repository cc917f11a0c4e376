package dev.keygate.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The certificate that the operator manages, at a real API server and under the shipped roles. */
class WebhookCertificateIT {

  private static final String NAMESPACE = "keygate-system";
  private static final String SECRET = "keygate-webhook-tls";
  private static final String SERVER_NAME = "keygate-webhook.keygate-system.svc";
  private static final String POD_THAT_NAMES_NO_KEY =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: keyless, namespace: default, labels: {keygate.dev/inject: "true"}}
      spec: {containers: [{name: app, image: registry.example/app:1}]}
      """;
  private static final Duration SOON = Duration.ofSeconds(20);

  private static Installation installation;

  @BeforeAll
  static void start() {
    installation = Installation.shared();
  }

  @Test
  void makesOneUnderTheServicesName() throws Exception {
    assertThat(shown().getSubjectAlternativeNames())
        .extracting(name -> String.valueOf(name.getLast()))
        .contains(SERVER_NAME, SERVER_NAME + ".cluster.local");
    assertThat(isCalled()).isTrue();
  }

  @Test
  void makesAnotherWhenTheDataIsDeleted() throws Exception {
    X509Certificate before = shown();

    replaceData(Map.of());

    awaitAnotherThan(before);
    assertThat(isCalled()).isTrue();
    assertThat(secret().getData()).containsOnlyKeys("tls.crt", "tls.key", "ca.crt", "ca.key");
  }

  @Test
  void makesAnotherInPlaceOfGarbage() throws Exception {
    X509Certificate before = shown();
    String garbage =
        Base64.getEncoder().encodeToString("garbage".getBytes(StandardCharsets.US_ASCII));

    replaceData(Map.of("tls.crt", garbage, "tls.key", garbage, "ca.crt", garbage));

    awaitAnotherThan(before);
    assertThat(isCalled()).isTrue();
  }

  /** Nothing crashes meanwhile, and what is shown stays valid. */
  @Test
  void outlivesTheSecret() throws Exception {
    X509Certificate before = shown();
    installation.admin().secrets().inNamespace(NAMESPACE).withName(SECRET).delete();
    try {
      Awaitility.await()
          .atMost(SOON)
          .until(() -> installation.operatorLog().contains(SECRET + " is missing"));

      assertThat(isCalled()).isTrue();
    } finally {
      installation
          .kubectl()
          .require(
              "apply", "-f", Installation.DEPLOY + "/install/11.Secret.keygate-webhook-tls.yaml");
    }
    awaitAnotherThan(before);
    assertThat(isCalled()).isTrue();
  }

  @Test
  void tellsTheApiServerAgainWhenItsTrustWasEdited() throws Exception {
    installation
        .kubectl()
        .require(
            "patch",
            "mutatingwebhookconfiguration",
            "keygate-injection",
            "--type=json",
            "--patch=[{\"op\":\"remove\",\"path\":\"/webhooks/0/clientConfig/caBundle\"}]");

    Awaitility.await().atMost(SOON).until(() -> !bundle().isEmpty());
    Awaitility.await().atMost(SOON).until(WebhookCertificateIT::isCalled);
  }

  @Test
  void keepsItOverARestart() throws Exception {
    X509Certificate before = shown();

    installation.killOperator();
    installation.restartOperator();

    assertThat(shown()).isEqualTo(before);
    assertThat(isCalled()).isTrue();
  }

  private static void awaitAnotherThan(X509Certificate before) {
    Awaitility.await().atMost(SOON).until(() -> !shown().equals(before));
  }

  /** Whether the API server gets an answer, told from a refusal that only the webhook can give. */
  private static boolean isCalled() throws IOException, InterruptedException {
    return installation
        .kubectl()
        .runWithInput(POD_THAT_NAMES_NO_KEY, "create", "--dry-run=server", "-f", "-")
        .stderr()
        .contains("(KeysMissing)");
  }

  private static void replaceData(Map<String, String> data) {
    installation.admin().resource(new SecretBuilder(secret()).withData(data).build()).update();
  }

  private static Secret secret() {
    return installation.admin().secrets().inNamespace(NAMESPACE).withName(SECRET).get();
  }

  private static String bundle() {
    return Objects.requireNonNullElse(
        installation
            .admin()
            .admissionRegistration()
            .v1()
            .mutatingWebhookConfigurations()
            .withName("keygate-injection")
            .get()
            .getWebhooks()
            .getFirst()
            .getClientConfig()
            .getCaBundle(),
        "");
  }

  /** What a client that trusts the API server's bundle is shown. */
  private static X509Certificate shown() throws Exception {
    try (SSLSocket socket =
        (SSLSocket)
            trust().getSocketFactory().createSocket("127.0.0.1", installation.webhookPort())) {
      socket.startHandshake();
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }

  private static SSLContext trust() throws Exception {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    int number = 0;
    for (var authority :
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(Base64.getDecoder().decode(bundle())))) {
      store.setCertificateEntry("ca-" + number++, authority);
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
