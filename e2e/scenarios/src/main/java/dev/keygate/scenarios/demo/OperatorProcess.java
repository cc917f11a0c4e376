package dev.keygate.scenarios.demo;

import dev.keygate.cluster.process.ChildProcess;
import dev.keygate.scenarios.lab.LabProcess;
import dev.keygate.scenarios.shipped.JavaProcess;
import dev.keygate.scenarios.story.Surprise;
import java.time.Duration;

/** The shipped operator, under the shipped ClusterRole. */
public final class OperatorProcess {

  private static final Duration READY_WITHIN = Duration.ofSeconds(30);

  private final ChildProcess process;
  private final int managementPort;

  private OperatorProcess(ChildProcess process, int managementPort) {
    this.process = process;
    this.managementPort = managementPort;
  }

  /** Starts it and waits until it is ready. */
  static ChildProcess start(Stage stage) throws Surprise, InterruptedException {
    OperatorProcess operator = launch(stage);
    operator.awaitReady();
    return operator.process();
  }

  /**
   * Starts it and does not wait. One that was killed is succeeded at once, as a container is that
   * the kubelet starts again in its pod.
   */
  public static OperatorProcess launch(Stage stage) throws Surprise, InterruptedException {
    LabProcess lab = stage.lab();
    int port = LocalHttp.freePort();
    JavaProcess operator =
        JavaProcess.of("operator", stage.artefacts().operator(), "160m")
            .startingFast()
            .with("kubeconfig", stage.operatorKubeconfig())
            .with("quarkus.management.host", "127.0.0.1")
            .with("quarkus.management.port", port)
            .with("keygate.leader.identity", "keygate-operator-0")
            .with("keygate.resync-interval", "2s")
            // No pod runs in this story.
            .with("keygate.webhook.enabled", false)
            .with("keygate.identity.tenant-id", lab.tenant())
            .with("keygate.identity.client-id", lab.clientId("operator"))
            .with("keygate.identity.federated-token-file", stage.operatorToken())
            .with("keygate.lab.trust-roots", lab.trustRoots())
            .with("keygate.lab.proxy", lab.proxy());
    return new OperatorProcess(stage.start(operator), port);
  }

  /** Waits until it says that it is ready. */
  public void awaitReady() throws Surprise, InterruptedException {
    LocalHttp.awaitOk(
        process, "http://127.0.0.1:" + managementPort + "/health/ready", READY_WITHIN);
  }

  /** The running process. */
  public ChildProcess process() {
    return process;
  }
}
