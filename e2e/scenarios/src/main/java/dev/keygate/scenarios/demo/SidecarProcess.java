package dev.keygate.scenarios.demo;

import dev.keygate.cluster.process.ChildProcess;
import dev.keygate.cluster.process.CommandResult;
import dev.keygate.failure.Reason;
import dev.keygate.scenarios.lab.LabProcess;
import dev.keygate.scenarios.shipped.JavaProcess;
import dev.keygate.scenarios.story.Surprise;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The shipped sidecar on one of the lab's machines: as in a pod, with the pins that the pod's spec
 * would carry, or once, as on a plain confidential VM.
 */
final class SidecarProcess {

  private static final Duration SERVED_WITHIN = Duration.ofSeconds(30);
  private static final String CONTAINER = "app";

  private final ChildProcess process;
  private final Path callers;
  private final int port;
  private final int managementPort;

  private SidecarProcess(ChildProcess process, Path callers, int port, int managementPort) {
    this.process = process;
    this.callers = callers;
    this.port = port;
    this.managementPort = managementPort;
  }

  /** Starts one as in a pod and does not wait. */
  static SidecarProcess start(Stage stage, String name, String machine, Path grants)
      throws Surprise {
    LabProcess lab = stage.lab();
    int port = LocalHttp.freePort();
    int management = LocalHttp.freePort();
    Path callers = stage.folder().resolve(name + "-callers");
    JavaProcess sidecar =
        onMachine(
                stage,
                JavaProcess.of(name, stage.artefacts().sidecar(), "48m").startingFast(),
                machine)
            .with("keygate.keys.orders.identifier", Demo.KEY)
            .with("keygate.authorities", String.join(",", lab.authorities()))
            .with("keygate.grants-directory", grants)
            .with("keygate.grant-poll-interval", "500ms")
            .with("keygate.callers-directory", callers)
            .with("keygate.callers." + CONTAINER + ".keys", "orders")
            .with("keygate.identity.kind", "workload")
            .with("keygate.identity.tenant-id", lab.tenant())
            .with("keygate.identity.client-id", lab.clientId("workload"))
            .with("keygate.identity.federated-token-file", stage.workloadToken())
            .with("keygate.local-api.port", port)
            .with("keygate.management.host", "127.0.0.1")
            .with("keygate.management.port", management);
    return new SidecarProcess(stage.start(sidecar), callers, port, management);
  }

  /** Waits until every key is served. */
  void awaitServed() throws Surprise, InterruptedException {
    LocalHttp.awaitOk(
        process, "http://127.0.0.1:" + managementPort + "/health/started", SERVED_WITHIN);
  }

  /** Waits until it has refused itself for this reason, as its metrics say. */
  void awaitRefused(Reason reason) throws Surprise, InterruptedException {
    LocalHttp.awaitText(
        process,
        "http://127.0.0.1:" + managementPort + "/metrics",
        "reason=\"" + reason + "\"",
        SERVED_WITHIN);
  }

  ChildProcess process() {
    return process;
  }

  String api() {
    return "http://127.0.0.1:" + port;
  }

  Path callerToken() {
    return callers.resolve(CONTAINER).resolve("token");
  }

  /** Runs one once, with the machine's managed identity. */
  static CommandResult once(Stage stage, String machine, List<String> more)
      throws Surprise, InterruptedException {
    List<String> arguments =
        new ArrayList<>(
            List.of("release", "--once", "--key", Demo.KEY, "--identity", "managed", "--out", "-"));
    stage.lab().authorities().forEach(each -> arguments.addAll(List.of("--authority", each)));
    arguments.addAll(more);
    return stage.run(
        onMachine(
                stage,
                JavaProcess.of("release", stage.artefacts().sidecar(), "48m").startingFast(),
                machine)
            .with("keygate.identity.client-id", stage.lab().clientId(machine))
            .withArguments(arguments));
  }

  private static JavaProcess onMachine(Stage stage, JavaProcess sidecar, String machine) {
    LabProcess lab = stage.lab();
    LabProcess.Machine vm = lab.machine(machine);
    return sidecar
        .with("keygate.lab.trust-roots", lab.trustRoots())
        .with("keygate.lab.proxy", lab.proxy())
        .with("keygate.lab.imds", vm.imds())
        .with("keygate.lab.tpm", vm.tpmSocket())
        .with("keygate.lab.event-log", vm.eventLog());
  }
}
