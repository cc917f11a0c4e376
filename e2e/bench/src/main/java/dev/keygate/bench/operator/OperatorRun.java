package dev.keygate.bench.operator;

import dev.keygate.cluster.process.ChildProcess;
import dev.keygate.images.recipe.Product;
import dev.keygate.scenarios.shipped.JavaProcess;
import dev.keygate.scenarios.story.Surprise;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The operator as a process of its own, and what its metrics say. */
final class OperatorRun implements AutoCloseable {

  /** What every vault is said to take. */
  enum Limits {
    /** As Key Vault documents them. */
    DOCUMENTED(10, 4000),
    /** As good as none. */
    NONE(1_000_000, 1_000_000);

    private final int creates;
    private final int requests;

    Limits(int creates, int requests) {
      this.creates = creates;
      this.requests = requests;
    }
  }

  private static final Duration READY_WITHIN = Duration.ofMinutes(2);

  /** What a container is given that has ten thousand keys to keep: the heap follows it. */
  private static final String CONTAINER = "-XX:MaxRAM=400m";

  private final ChildProcess process;
  private final HttpClient http = HttpClient.newBuilder().build();
  private final String management;

  private OperatorRun(ChildProcess process, int port) {
    this.process = process;
    this.management = "http://127.0.0.1:" + port;
  }

  /** Starts it and waits until it has seen all objects. */
  static OperatorRun start(OperatorSite site, Limits limits)
      throws Surprise, IOException, InterruptedException {
    int port = freePort();
    JavaProcess operator =
        asInImage(site.plan().artefacts().operator())
            .with("kubeconfig", site.operatorKubeconfig())
            .with("quarkus.management.host", "127.0.0.1")
            .with("quarkus.management.port", port)
            .with("keygate.webhook.enabled", false)
            // The same at every start: the Lease is its own still.
            .with("keygate.leader.identity", "bench")
            .with("keygate.vault.creates-per-ten-seconds", limits.creates)
            .with("keygate.vault.requests-per-ten-seconds", limits.requests)
            .with("keygate.identity.tenant-id", site.lab().tenant())
            .with("keygate.identity.client-id", site.lab().clientId("operator"))
            .with("keygate.identity.federated-token-file", site.tokenFile())
            .with("keygate.lab.trust-roots", site.lab().trustRoots())
            .with("keygate.lab.proxy", site.lab().proxy())
            .with("keygate.lab.clock-rate", site.clockRate());
    Path logs = site.plan().folder().resolve("logs");
    OperatorRun run =
        new OperatorRun(site.plan().children().start(operator.child(logs, Map.of())), port);
    run.process.awaitReady(() -> run.get("/health/ready").statusCode() == 200, READY_WITHIN);
    return run;
  }

  private static JavaProcess asInImage(Path jar) {
    List<String> flags = new ArrayList<>(Product.OPERATOR.flags());
    flags.add(CONTAINER);
    List<String> program = List.of("-jar", jar.toString());
    return new JavaProcess("operator", flags, new TreeMap<>(), program, List.of());
  }

  /** The sum of a metric's series that have these words in their labels. */
  double metric(String name, String labels) throws IOException, InterruptedException {
    double sum = 0;
    for (String line : get("/metrics").body().split("\n", -1)) {
      if (line.startsWith(name + "{") && line.contains(labels)) {
        sum += Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
      }
    }
    return sum;
  }

  /** What it has had of the processors. */
  Duration processorTime() {
    return ProcessHandle.of(process.pid())
        .flatMap(handle -> handle.info().totalCpuDuration())
        .orElseThrow(() -> new IllegalStateException("the operator has ended"));
  }

  long residentBytes() throws IOException {
    return process.memory().currentBytes();
  }

  long mostResidentBytes() throws IOException {
    return process.memory().peakBytes();
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create(management + path)).build(), BodyHandlers.ofString());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
    process.stop();
  }
}
