package dev.keygate.scenarios.demo;

import dev.keygate.cluster.process.ChildProcess;
import dev.keygate.scenarios.lab.LabProcess;
import dev.keygate.scenarios.shipped.JavaProcess;
import dev.keygate.scenarios.story.Surprise;
import java.time.Duration;

/** The shipped operator, under the shipped ClusterRole. */
final class OperatorProcess {

  private static final Duration READY_WITHIN = Duration.ofSeconds(30);

  private OperatorProcess() {}

  /** Starts it and waits until it is ready. */
  static ChildProcess start(Stage stage) throws Surprise, InterruptedException {
    LabProcess lab = stage.lab();
    int port = LocalHttp.freePort();
    JavaProcess operator =
        JavaProcess.of("operator", stage.artefacts().operator(), "160m")
            .startingFast()
            .with("kubeconfig", stage.operatorKubeconfig())
            .with("quarkus.management.host", "127.0.0.1")
            .with("quarkus.management.port", port)
            .with("keygate.resync-interval", "2s")
            // No pod runs in this story.
            .with("keygate.webhook.enabled", false)
            .with("keygate.identity.tenant-id", lab.tenant())
            .with("keygate.identity.client-id", lab.clientId("operator"))
            .with("keygate.identity.federated-token-file", stage.operatorToken())
            .with("keygate.lab.trust-roots", lab.trustRoots())
            .with("keygate.lab.proxy", lab.proxy());
    ChildProcess process = stage.start(operator);
    LocalHttp.awaitOk(process, "http://127.0.0.1:" + port + "/health/ready", READY_WITHIN);
    return process;
  }
}
