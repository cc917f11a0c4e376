package dev.keygate.cluster.binaries;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Fetches files of a release. Redirects are followed, as release sites answer with them; that is
 * sound only because every file's digest is compared with the published one.
 */
final class Download implements AutoCloseable {

  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
  private static final Duration ARRIVE_WITHIN = Duration.ofMinutes(15);
  private static final long MAX_FILE_BYTES = 512L * 1024 * 1024;
  private static final long MAX_TEXT_BYTES = 64L * 1024;
  private static final int OK = 200;

  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT_WITHIN)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();

  /** A text of at most 64 KiB. */
  String text(URI address) throws IOException, InterruptedException {
    return fetch(address, BodyHandlers.ofString(StandardCharsets.UTF_8), MAX_TEXT_BYTES);
  }

  /** A file of at most 512 MiB. */
  void file(URI address, Path target) throws IOException, InterruptedException {
    fetch(address, BodyHandlers.ofFile(target), MAX_FILE_BYTES);
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  private <T> T fetch(URI address, BodyHandler<T> handler, long maxBytes)
      throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(address).GET().build();
    CompletableFuture<HttpResponse<T>> exchange =
        client.sendAsync(request, BodyHandlers.limiting(handler, maxBytes));
    try {
      HttpResponse<T> response = exchange.get(ARRIVE_WITHIN.toSeconds(), TimeUnit.SECONDS);
      if (response.statusCode() != OK) {
        throw new IOException(address + " answered status " + response.statusCode());
      }
      return response.body();
    } catch (ExecutionException e) {
      throw new IOException(explain(address, e), e);
    } catch (TimeoutException e) {
      throw new IOException(address + " took longer than " + ARRIVE_WITHIN.toMinutes() + " min", e);
    } finally {
      exchange.cancel(true);
    }
  }

  private static String explain(URI address, ExecutionException failure) {
    return switch (failure.getCause()) {
      case HttpConnectTimeoutException _ ->
          address.getHost() + " accepts no connection within " + CONNECT_WITHIN.toSeconds() + " s";
      case ConnectException _ -> address.getHost() + " cannot be reached";
      case null, default -> address + " cannot be read: " + failure.getCause();
    };
  }
}
