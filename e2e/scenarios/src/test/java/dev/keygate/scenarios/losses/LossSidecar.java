package dev.keygate.scenarios.losses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keygate.cluster.process.ChildCommand;
import dev.keygate.cluster.process.ChildProcess;
import dev.keygate.cluster.process.ChildProcessException;
import dev.keygate.cluster.process.ChildProcesses;
import dev.keygate.cluster.process.Readiness;
import dev.keygate.scenarios.lab.LabProcess;
import dev.keygate.scenarios.shipped.Artefacts;
import dev.keygate.scenarios.shipped.JavaProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The shipped sidecar with the folders of its pod, as the kubelet starts it: as often as it has to,
 * with the same settings and on what the process before left.
 */
final class LossSidecar implements AutoCloseable {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(ANSWER_WITHIN).build();
  private final ChildProcesses children;
  private final ChildCommand command;
  private final Path app;
  private final int port;
  private final int managementPort;
  private ChildProcess process;

  private LossSidecar(ChildProcesses children, ChildCommand command, Pod pod)
      throws ChildProcessException {
    this.children = children;
    this.command = command;
    this.app = pod.callers().resolve("app");
    this.port = pod.port();
    this.managementPort = pod.managementPort();
    this.process = children.start(command);
  }

  private record Pod(Path callers, int port, int managementPort) {}

  /** Starts one on a machine and does not wait. */
  static LossSidecar start(
      Artefacts artefacts, LabProcess lab, String machine, Path folder, ChildProcesses children)
      throws Exception {
    Pod pod = new Pod(folder.resolve("containers"), FixedPort.next(), FixedPort.next());
    LabProcess.Machine vm = lab.machine(machine);
    JavaProcess sidecar =
        JavaProcess.of("sidecar", artefacts.sidecar(), "48m")
            .startingFast()
            .with("keygate.lab.trust-roots", lab.trustRoots())
            .with("keygate.lab.proxy", lab.proxy())
            .with("keygate.lab.imds", vm.imds())
            .with("keygate.lab.tpm", vm.tpmSocket())
            .with("keygate.lab.event-log", vm.eventLog())
            .with("keygate.keys.orders.identifier", LossLab.KEY)
            .with("keygate.authorities", "https://" + LossLab.AUTHORITY)
            .with("keygate.identity.kind", "managed")
            .with("keygate.callers-directory", pod.callers())
            .with("keygate.callers.app.keys", "orders")
            .with("keygate.callers.app.delivery", "files")
            .with("keygate.local-api.port", pod.port())
            .with("keygate.management.host", "127.0.0.1")
            .with("keygate.management.port", pod.managementPort());
    return new LossSidecar(children, sidecar.child(folder, Map.of()), pod);
  }

  /** Starts it once more, as the kubelet does, and does not wait. */
  void startAgain() throws ChildProcessException {
    process = children.start(command);
  }

  ChildProcess process() {
    return process;
  }

  /** Whether every key is served. */
  boolean serves() throws IOException, InterruptedException {
    return health("started").statusCode() == 200;
  }

  /** Waits for something of the running process. */
  void await(Readiness something) throws ChildProcessException, InterruptedException {
    process.awaitReady(something, SOON);
  }

  /** What a probe is answered. */
  HttpResponse<String> health(String probe) throws IOException, InterruptedException {
    return management("/health/" + probe);
  }

  /** For which reasons keys are missing. */
  List<String> missingBecause() throws IOException, InterruptedException {
    JsonNode reasons = new ObjectMapper().readTree(health("ready").body()).path("reasons");
    return reasons.valueStream().map(JsonNode::asText).toList();
  }

  String metrics() throws IOException, InterruptedException {
    return management("/metrics").body();
  }

  private HttpResponse<String> management(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + path)));
  }

  /** What the app is answered when it asks for its key. */
  HttpResponse<String> askedByTheApp() throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/keys/orders/material"))
            .header("Authorization", "Bearer " + token())
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{}")));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.timeout(ANSWER_WITHIN).build(), BodyHandlers.ofString());
  }

  /** The app's caller token. */
  String token() throws IOException {
    return Files.readString(app.resolve("token"));
  }

  /** All that lies where the app finds the key, links with what they point to. */
  List<String> delivered() throws IOException {
    Path orders = app.resolve("keys").resolve("orders");
    TreeSet<String> entries = new TreeSet<>();
    if (Files.exists(orders, LinkOption.NOFOLLOW_LINKS)) {
      try (var files = Files.walk(orders)) {
        for (Path file : files.filter(each -> !each.equals(orders)).toList()) {
          entries.add(orders.relativize(file) + describe(file));
        }
      }
    }
    return List.copyOf(entries);
  }

  private static String describe(Path file) throws IOException {
    if (Files.isSymbolicLink(file)) {
      return " -> " + Files.readSymbolicLink(file);
    }
    return Files.isDirectory(file) ? "/" : "";
  }

  /** The key as a file. */
  String deliveredKey() throws IOException {
    return Files.readString(app.resolve("keys/orders/current/key.jwk"));
  }

  @Override
  public void close() {
    process.kill();
    http.close();
  }
}
