package dev.keygate.images.training;

import dev.keygate.cluster.process.ChildProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/**
 * A port of 127.0.0.1 and what is asked there.
 *
 * @param port free when it was picked
 */
record Loopback(int port) {

  private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(5);

  /** One that nobody uses now. */
  static Loopback pick() throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
      return new Loopback(socket.getLocalPort());
    }
  }

  /** Waits until the process answers this path with 200. */
  void await(ChildProcess process, String path, Duration within)
      throws IOException, InterruptedException {
    process.awaitReady(() -> get(path) == 200, within);
  }

  /** The status of a GET. */
  int get(String path) throws IOException, InterruptedException {
    return send(request(path).build()).statusCode();
  }

  /** The answer to a POST of JSON. */
  HttpResponse<String> post(String path, Map<String, String> headers, String json)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json, StandardCharsets.UTF_8));
    headers.forEach(request::header);
    return send(request.build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(ANSWERED_WITHIN);
  }

  private static HttpResponse<String> send(HttpRequest request)
      throws IOException, InterruptedException {
    // As a kubelet asks. The offer to change to HTTP/2 was once answered by silence, for which the
    // client's timeout does not count.
    try (HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(1))
            .build()) {
      return client.send(request, BodyHandlers.ofString());
    }
  }
}
