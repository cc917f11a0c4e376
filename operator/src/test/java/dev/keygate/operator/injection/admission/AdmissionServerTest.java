package dev.keygate.operator.injection.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keygate.azure.time.SystemTime;
import dev.keygate.operator.certificate.CertificateRotation;
import dev.keygate.operator.certificate.LocalCertificate;
import dev.keygate.operator.injection.WrittenSettings;
import dev.keygate.time.TimeSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionServerTest {

  private static final String CHUNKED =
      """
      POST /v1/inject HTTP/1.1
      Host: localhost
      Content-Type: application/json
      Transfer-Encoding: chunked

      """;

  private final TimeSource time = new SystemTime();
  private final Vertx vertx = Vertx.vertx();
  private final LocalCertificate certificate = new LocalCertificate(time.now());
  private final CertificateRotation rotation =
      new CertificateRotation(certificate, Duration.ofMillis(20), time);
  private AdmissionServer server;

  @BeforeEach
  void start() throws Exception {
    FixedObjects objects = FixedObjects.full();
    Admission admission =
        new Admission(
            objects,
            objects,
            WrittenSettings.with(Map.of()),
            new AdmissionRecord(new SimpleMeterRegistry()));
    rotation.start();
    server = AdmissionServer.start(vertx, 0, rotation.keys(), admission);
  }

  @AfterEach
  void stop() {
    server.close();
    rotation.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void answersReview() throws Exception {
    try (HttpClient client = client()) {
      HttpResponse<byte[]> response = send(client, post(Reviews.bytes(Reviews.of("bare-pod"))));

      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.headers().firstValue("content-type")).contains("application/json");
      assertThat(Reviews.JSON.readTree(response.body()).at("/response/allowed").asBoolean())
          .isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /v1/inject, application/json, '{}', 400",
    "POST, /v1/inject, application/json, '', 400",
    "POST, /v1/inject, text/plain, '{}', 415",
    "GET, /v1/inject, application/json, '', 405",
    "PUT, /v1/inject, application/json, '{}', 405",
    "POST, /v1/other, application/json, '{}', 404",
    "POST, /v1/inject/, application/json, '{}', 404",
  })
  void refusesOtherRequestsWithoutAWord(
      String method, String path, String type, String body, int status) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri(path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .header("Content-Type", type)
            .build();
    try (HttpClient client = client()) {
      HttpResponse<byte[]> response = send(client, request);

      assertThat(response.statusCode()).isEqualTo(status);
      assertThat(response.body()).isEmpty();
    }
  }

  @Test
  void refusesBodyThatSaysItIsTooLong() throws Exception {
    try (HttpClient client = client()) {
      assertThat(send(client, post(new byte[AdmissionRoute.LONGEST_BODY + 1])).statusCode())
          .isEqualTo(413);
    }
  }

  @Test
  void refusesBodyThatTurnsOutTooLong() throws Exception {
    byte[] chunk = "8000\r\n".getBytes(StandardCharsets.US_ASCII);
    try (SSLSocket socket = connect()) {
      OutputStream out = socket.getOutputStream();
      out.write(CHUNKED.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
      assertThatThrownBy(
              () -> {
                // Twice what is allowed: the server does not read it to its end.
                for (int sent = 0; sent < 2 * AdmissionRoute.LONGEST_BODY; sent += 0x8000) {
                  out.write(chunk);
                  out.write(new byte[0x8000]);
                  out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
                }
                if (new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII)
                    .equals("HTTP/1.1 413")) {
                  throw new IOException("refused");
                }
              })
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void hasNothingToShowBeforeThereIsACertificate() {
    LocalCertificate other = new LocalCertificate(time.now());
    other.rotate();

    assertThatThrownBy(
            () -> {
              try (HttpClient client = HttpClient.newBuilder().sslContext(other.trust()).build()) {
                send(client, post(new byte[0]));
              }
            })
        .isInstanceOf(SSLException.class);
  }

  @Test
  void showsAnotherCertificateWithoutARestart() throws Exception {
    try (HttpClient before = client()) {
      assertThat(send(before, post(new byte[0])).statusCode()).isEqualTo(400);

      certificate.rotate();

      Awaitility.await().untilAsserted(() -> assertThat(shown()).isEqualTo(certificate.newest()));
      // Connections that were open stay open.
      assertThat(send(before, post(new byte[0])).statusCode()).isEqualTo(400);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void speaksModernTls(String version) throws Exception {
    showCertificate();
    try (SSLSocket socket =
        (SSLSocket)
            certificate.trust().getSocketFactory().createSocket("localhost", server.port())) {
      socket.setEnabledProtocols(new String[] {version});
      socket.startHandshake();

      assertThat(socket.getSession().getProtocol()).isEqualTo(version);
    }
  }

  private Certificate shown() throws Exception {
    try (SSLSocket socket = connect()) {
      return socket.getSession().getPeerCertificates()[0];
    }
  }

  private SSLSocket connect() throws Exception {
    showCertificate();
    SSLSocket socket =
        (SSLSocket) certificate.trust().getSocketFactory().createSocket("localhost", server.port());
    socket.startHandshake();
    return socket;
  }

  private HttpClient client() throws Exception {
    showCertificate();
    return HttpClient.newBuilder().sslContext(certificate.trust()).build();
  }

  private void showCertificate() {
    if (!rotation.isValid()) {
      certificate.rotate();
      Awaitility.await().until(rotation::isValid);
    }
  }

  private HttpRequest post(byte[] body) {
    return HttpRequest.newBuilder(uri("/v1/inject"))
        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
        .header("Content-Type", "application/json")
        .build();
  }

  private URI uri(String path) {
    return URI.create("https://localhost:" + server.port() + path);
  }

  private static HttpResponse<byte[]> send(HttpClient client, HttpRequest request)
      throws IOException, InterruptedException {
    return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
  }
}
