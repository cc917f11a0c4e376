package dev.keygate.scenarios.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.keygate.azure.time.SystemTime;
import dev.keygate.cluster.Kubectl;
import dev.keygate.cluster.KubernetesControlPlane;
import dev.keygate.cluster.binaries.BinaryOptions;
import dev.keygate.cluster.binaries.ClusterBinaries;
import dev.keygate.cluster.process.ChildProcesses;
import dev.keygate.cluster.process.CommandResult;
import dev.keygate.scenarios.Checkout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A control plane with {@code deploy/} applied. No pod runs in it, so no webhook answers. One for
 * all tests; it ends with the JVM.
 */
final class PolicedCluster {

  /** A pod with our sidecar, which exists and is never scheduled. */
  static final String POD = "kept";

  private static final Duration ENFORCED_WITHIN = Duration.ofSeconds(30);

  private static final Path PODS = Path.of("src", "test", "resources", "vtpm-pods");

  private final KubernetesControlPlane cluster;

  private static final class Holder {
    static final PolicedCluster SHARED = start();

    private static PolicedCluster start() {
      try {
        return new PolicedCluster();
      } catch (Exception e) {
        throw new IllegalStateException("the cluster does not start", e);
      }
    }
  }

  static PolicedCluster shared() {
    return Holder.SHARED;
  }

  private PolicedCluster() throws Exception {
    ChildProcesses children = ChildProcesses.open(new SystemTime());
    ClusterBinaries binaries =
        ClusterBinaries.obtain(BinaryOptions.from(System.getenv()), children, line -> {});
    cluster =
        KubernetesControlPlane.start(
            binaries, Path.of("target", "policed").toAbsolutePath(), children);
    Path deploy = Checkout.root().resolve("deploy");
    kubectl().require("apply", "-f", deploy.resolve("crds").toString());
    kubectl().require("apply", "-f", deploy.resolve("install").toString());
    awaitDenial("keygate-vtpm", "create", "--dry-run=server", "-f", pod("invalid-command"));
    String kept =
        Files.readString(PODS.resolve("valid-injected.yaml"))
            .replaceFirst("name: \"orders\"", "name: " + POD);
    assertThat(kubectl().runWithInput(kept, "--namespace=default", "create", "-f", "-").isSuccess())
        .isTrue();
    awaitDenial("keygate-exec", "exec", POD, "--container=keygate-sidecar", "--", "true");
    awaitDenial(
        "keygate-ephemeral-containers", "debug", POD, "--image=busybox", "--profile=general");
  }

  Kubectl kubectl() {
    return cluster.kubectl();
  }

  /** kubectl in the namespace default. */
  CommandResult run(String... arguments) throws Exception {
    String[] all = new String[arguments.length + 1];
    all[0] = "--namespace=default";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return kubectl().run(all);
  }

  /** Policies count a moment after they exist. */
  private void awaitDenial(String policy, String... arguments) {
    await(policy)
        .atMost(ENFORCED_WITHIN)
        .untilAsserted(() -> assertThat(run(arguments).stderr()).contains("'" + policy + "'"));
  }

  private static String pod(String name) {
    return PODS.resolve(name + ".yaml").toString();
  }
}
