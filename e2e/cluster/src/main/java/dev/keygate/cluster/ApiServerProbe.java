package dev.keygate.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Asks an API server, as nobody in particular, whether it is ready. */
final class ApiServerProbe implements AutoCloseable {

  private static final Duration WITHIN = Duration.ofSeconds(2);
  private static final int OK = 200;

  private final HttpClient client;
  private final HttpRequest request;

  ApiServerProbe(String server, Path authority) throws IOException {
    client = HttpClient.newBuilder().connectTimeout(WITHIN).sslContext(trusting(authority)).build();
    request = HttpRequest.newBuilder(URI.create(server + "/readyz")).timeout(WITHIN).build();
  }

  boolean isReady() throws IOException, InterruptedException {
    return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == OK;
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  static SSLContext trusting(Path authority) throws IOException {
    try (InputStream in = Files.newInputStream(authority)) {
      KeyStore roots = KeyStore.getInstance(KeyStore.getDefaultType());
      roots.load(null, null);
      roots.setCertificateEntry(
          "root", CertificateFactory.getInstance("X.509").generateCertificate(in));
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(roots);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("the authority's certificate cannot be read: " + authority, e);
    }
  }
}
