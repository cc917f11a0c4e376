package dev.keygate.sidecar.testing;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;

/** Vouches for a service account at an https address on loopback, as an API server does. */
public final class WorkloadIssuer implements AutoCloseable {

  /** The service account. */
  public static final String SUBJECT = "system:serviceaccount:shop:orders";

  private final Instant now;
  private final HttpsServer server;
  private final TestCertificates certificates;

  /**
   * Starts it.
   *
   * @param now around which its certificate and its tokens are in force
   */
  public WorkloadIssuer(Instant now) throws IOException {
    this.now = now;
    this.certificates = TestCertificates.forHost("localhost", now);
    this.server =
        HttpsServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(certificates.server()));
    serve(
        "/.well-known/openid-configuration",
        "{\"issuer\":\"%s\",\"jwks_uri\":\"%s/keys\"}".formatted(url(), url()));
    RSAPublicKey key = Keys.publicKey(Keys.OTHER);
    serve(
        "/keys",
        "{\"keys\":[{\"kid\":\"k\",\"kty\":\"RSA\",\"alg\":\"RS256\",\"n\":\"%s\",\"e\":\"%s\"}]}"
            .formatted(Jws.number(key.getModulus()), Jws.number(key.getPublicExponent())));
    server.start();
  }

  private void serve(String path, String page) {
    byte[] body = page.getBytes(StandardCharsets.UTF_8);
    server.createContext(
        path,
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
  }

  /** Its address, without a slash at its end. */
  public String url() {
    return "https://localhost:" + server.getAddress().getPort();
  }

  /** The root of its certificate. */
  public String caPem() {
    return certificates.rootPem();
  }

  /** A token of an hour. */
  public String assertion(String audience) {
    long from = now.getEpochSecond();
    return Jws.sign(
        "{\"alg\":\"RS256\",\"kid\":\"k\"}",
        "{\"iss\":\"%s\",\"sub\":\"%s\",\"aud\":[\"%s\"],\"iat\":%d,\"nbf\":%d,\"exp\":%d}"
            .formatted(
                url(), SUBJECT, audience, from, from, from + Duration.ofHours(1).toSeconds()),
        Keys.OTHER.getPrivate());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
