package dev.keygate.cluster;

import dev.keygate.cluster.pki.Credential;
import dev.keygate.cluster.process.ChildCommand;
import dev.keygate.cluster.process.ChildProcess;
import dev.keygate.cluster.process.ChildProcesses;
import dev.keygate.cluster.process.Readiness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Starts the parts of one control plane in order and ends them in the reverse one. */
final class ControlPlaneProcesses implements AutoCloseable {

  private static final Duration READY_WITHIN = Duration.ofMinutes(1);
  private static final int LINES_OF_A_FAILED_START = 40;

  /** Lets everyone ask for readiness and for what relying parties of tokens need, nothing else. */
  private static final String AUTHENTICATION =
      """
      apiVersion: apiserver.config.k8s.io/v1
      kind: AuthenticationConfiguration
      anonymous:
        enabled: true
        conditions:
          - path: /readyz
          - path: /.well-known/openid-configuration
          - path: /openid/v1/jwks
      """;

  private final ComponentCommands commands;
  private final ChildProcesses children;
  private final List<ChildProcess> running = new ArrayList<>();

  ControlPlaneProcesses(ComponentCommands commands, ChildProcesses children) {
    this.commands = commands;
    this.children = children;
  }

  /**
   * Starts etcd and the API server and waits for the latter.
   *
   * @param ready whether the API server is
   */
  void startApiServer(Readiness ready) throws IOException, InterruptedException {
    kubeconfig().withCertificate(adminKubeconfig(), commands.pki().admin());
    Path authentication =
        Files.writeString(commands.directory().resolve("authentication.yaml"), AUTHENTICATION);
    // The API server tries until etcd answers: started together, they load in parallel.
    ChildProcess etcd = launch(commands.etcd());
    ChildProcess apiServer = launch(commands.apiServer(authentication));
    apiServer.awaitReady(
        () -> {
          etcd.requireAlive();
          return ready.isReady();
        },
        READY_WITHIN);
  }

  /**
   * Starts the controller manager on a ready API server.
   *
   * @param working becomes true when it has done its first work
   */
  void startControllers(Readiness working) throws IOException, InterruptedException {
    Path own = commands.directory().resolve("controller-manager.kubeconfig");
    launch(
            commands.controllerManager(
                kubeconfig().withCertificate(own, commands.pki().controllerManager())))
        .awaitReady(working, READY_WITHIN);
  }

  /** Starts the scheduler, which works when it can. */
  void startScheduler(Credential user) throws IOException {
    Path own = commands.directory().resolve("scheduler.kubeconfig");
    launch(commands.scheduler(kubeconfig().withCertificate(own, user)));
  }

  /** Starts the proxy of Services, which works when it can. */
  void startProxy(Path config) throws IOException {
    launch(commands.proxy(config));
  }

  Path adminKubeconfig() {
    return commands.directory().resolve("admin.kubeconfig");
  }

  Kubeconfig kubeconfig() {
    return new Kubeconfig(commands.serverAddress(), commands.pki().authority().certificate());
  }

  synchronized List<ChildProcess> running() {
    return List.copyOf(running);
  }

  /** Whether a part failed to start because somebody else took its port first. */
  boolean portWasTaken() {
    return running().stream()
        .flatMap(process -> process.lastLogLines(LINES_OF_A_FAILED_START).stream())
        .anyMatch(line -> line.contains("address already in use"));
  }

  @Override
  public void close() {
    running().reversed().forEach(ChildProcess::stop);
  }

  private synchronized ChildProcess launch(ChildCommand command) throws IOException {
    ChildProcess process = children.start(command);
    running.add(process);
    return process;
  }
}
