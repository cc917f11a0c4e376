package dev.keygate.sidecar;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The packaged sidecar as a pod has it: settings as environment variables of their own names, and a
 * temporary folder that does not exist.
 */
final class SidecarProcess implements AutoCloseable {

  private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().connectTimeout(ANSWER_WITHIN).build();

  private final Process process;
  private final Map<String, String> settings;
  private final Path log;

  private SidecarProcess(Process process, Map<String, String> settings, Path log) {
    this.process = process;
    this.settings = settings;
    this.log = log;
  }

  /** Settings with ports of their own, to be completed. */
  static Map<String, String> settings() throws IOException {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("keygate.identity.kind", "managed");
    settings.put("keygate.authorities", TestLab.MAA);
    settings.put("keygate.management.host", "127.0.0.1");
    settings.put("keygate.grant-poll-interval", "100ms");
    settings.put("keygate.local-api.port", Integer.toString(freePort()));
    settings.put("keygate.management.port", Integer.toString(freePort()));
    return settings;
  }

  /**
   * Starts one and does not wait.
   *
   * @param within a command that runs another one; nothing for itself alone
   */
  static SidecarProcess start(List<String> within, Map<String, String> settings, Path log)
      throws IOException {
    List<String> command = new ArrayList<>(within);
    command.add(Path.of(System.getProperty("java.home", "/usr"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-Xmx32m",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-Djava.io.tmpdir=/nonexistent",
            "--enable-native-access=ALL-UNNAMED",
            "-jar",
            JAR.toAbsolutePath().toString()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> !name.equals("PATH"));
    builder.environment().putAll(settings);
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    return new SidecarProcess(builder.start(), settings, log);
  }

  HttpResponse<String> health(String path) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + settings.get("keygate.management.port") + path))
            .GET());
  }

  /** Asks the local API for the key session. */
  HttpResponse<String> material(String token, String body)
      throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(
                URI.create(
                    "http://127.0.0.1:"
                        + settings.get("keygate.local-api.port")
                        + "/v1/keys/session/material"))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return CLIENT.send(
        request.timeout(ANSWER_WITHIN).build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Whether it answers its startup probe with 200. */
  boolean isStarted() throws InterruptedException {
    try {
      return health("/health/started").statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  String log() throws IOException {
    return Files.readString(log);
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Ends it as the kubelet does; its exit status. */
  int terminate() throws InterruptedException {
    process.destroy();
    return await();
  }

  /** Ends it as the kernel does when there is no memory left. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    await();
  }

  /** Waits for its end; its exit status. */
  int await() throws InterruptedException {
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the sidecar did not end");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }
}
