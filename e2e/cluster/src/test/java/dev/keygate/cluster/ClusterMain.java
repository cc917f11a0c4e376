package dev.keygate.cluster;

import dev.keygate.azure.time.SystemTime;
import dev.keygate.cluster.process.ChildProcesses;
import java.nio.file.Path;
import java.time.Duration;

/** A process that starts a cluster with a running pod, prints its traces, and waits. */
final class ClusterMain {

  private ClusterMain() {}

  public static void main(String[] arguments) throws Exception {
    ChildProcesses children = ChildProcesses.open(new SystemTime());
    KubernetesCluster cluster =
        TestCluster.start(TestCluster.binaries(children), Path.of(arguments[0]), children);
    cluster
        .kubectl()
        .runWithInput(TestPod.looping("busy", "id").yaml(), "apply", "--server-side", "-f", "-");
    cluster.kubectl().require("wait", "pod/busy", "--for=condition=Ready", "--timeout=30s");
    Traces traces = Traces.of(cluster);
    System.out.println("running " + traces.name() + " " + String.join(" ", traces.namespaces()));
    cluster.processes().getFirst().awaitExit(Duration.ofMinutes(5));
  }
}
