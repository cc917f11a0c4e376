package dev.keygate.scenarios.demo;

import dev.keygate.cluster.process.ChildProcess;
import dev.keygate.cluster.process.ChildProcessException;
import dev.keygate.scenarios.story.Surprise;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Loopback ports and the questions that are asked there. */
final class LocalHttp {

  private LocalHttp() {}

  /** A port of 127.0.0.1 that nobody uses now. */
  static int freePort() throws Surprise {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new Surprise("no free port on 127.0.0.1", e);
    }
  }

  /** Waits until a process answers 200. */
  static void awaitOk(ChildProcess process, String url, Duration within)
      throws Surprise, InterruptedException {
    try {
      process.awaitReady(() -> get(url).statusCode() == 200, within);
    } catch (ChildProcessException e) {
      throw new Surprise(e);
    }
  }

  /** Waits until a process answers with something that holds this text. */
  static void awaitText(ChildProcess process, String url, String text, Duration within)
      throws Surprise, InterruptedException {
    try {
      process.awaitReady(() -> get(url).body().contains(text), within);
    } catch (ChildProcessException e) {
      throw new Surprise("expected " + text + " at " + url + ": " + e.getMessage(), e);
    }
  }

  private static HttpResponse<String> get(String url) throws IOException, InterruptedException {
    try (HttpClient client =
        HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build()) {
      return client.send(
          HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(5)).build(),
          BodyHandlers.ofString());
    }
  }
}
