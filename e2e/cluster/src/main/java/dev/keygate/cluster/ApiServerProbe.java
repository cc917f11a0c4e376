package dev.keygate.cluster;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;

/** Asks an API server, as nobody in particular, whether it is ready. */
final class ApiServerProbe implements AutoCloseable {

  private static final Duration WITHIN = Duration.ofSeconds(2);
  private static final int OK = 200;

  private final HttpClient client;
  private final HttpRequest request;

  ApiServerProbe(String server, Path authority) throws IOException {
    client =
        HttpClient.newBuilder()
            .connectTimeout(WITHIN)
            .sslContext(ApiServerTrust.of(authority))
            .build();
    request = HttpRequest.newBuilder(URI.create(server + "/readyz")).timeout(WITHIN).build();
  }

  boolean isReady() throws IOException, InterruptedException {
    return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == OK;
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
