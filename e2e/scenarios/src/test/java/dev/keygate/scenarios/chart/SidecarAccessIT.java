package dev.keygate.scenarios.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.cluster.process.CommandResult;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who gets into a running sidecar: nobody, the cluster administrator included. The pod here runs
 * nowhere, so whoever is let through finds no node.
 */
class SidecarAccessIT {

  private static final String PATH = "/api/v1/namespaces/default/pods/" + PolicedCluster.POD;
  private static final String NO_NODE = "does not have a host assigned";

  private static PolicedCluster cluster;

  @BeforeAll
  static void start() {
    cluster = PolicedCluster.shared();
  }

  @ParameterizedTest
  @ValueSource(strings = {"keygate-sidecar", "keygate-sidecar&tty=true&stdin=true"})
  void deniesExecIntoTheSidecar(String container) throws Exception {
    CommandResult result = connect("/exec?command=sh&stdout=true&container=" + container);

    assertThat(result.stderr())
        .contains("'keygate-exec'")
        .contains("no exec and no attach into keygate-sidecar");
  }

  @Test
  void deniesAttachToTheSidecar() throws Exception {
    CommandResult result = connect("/attach?stdout=true&container=keygate-sidecar");

    assertThat(result.stderr()).contains("'keygate-exec'");
  }

  @Test
  void deniesExecOfKubectl() throws Exception {
    CommandResult result =
        cluster.run("exec", PolicedCluster.POD, "--container=keygate-sidecar", "--", "sh");

    assertThat(result.isSuccess()).isFalse();
    assertThat(result.stderr()).contains("'keygate-exec'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"&container=app", ""})
  void letsExecIntoTheAppThrough(String container) throws Exception {
    CommandResult result = connect("/exec?command=sh&stdout=true" + container);

    assertThat(result.stderr()).contains(NO_NODE).doesNotContain("keygate-exec");
  }

  @Test
  void letsAttachToTheAppThrough() throws Exception {
    CommandResult result = connect("/attach?stdout=true&container=app");

    assertThat(result.stderr()).contains(NO_NODE).doesNotContain("keygate-exec");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--target=keygate-sidecar", "--target=app", "--container=innocent"})
  void deniesEphemeralContainersOnTheWholePod(String target) throws Exception {
    CommandResult result =
        cluster.run("debug", PolicedCluster.POD, "--image=busybox", "--profile=general", target);

    assertThat(result.isSuccess()).isFalse();
    assertThat(result.stderr())
        .contains("'keygate-ephemeral-containers'")
        .contains("no ephemeral container in a pod with keygate-sidecar");
  }

  @Test
  void letsEphemeralContainersIntoOtherPods() throws Exception {
    assertThat(cluster.run("run", "plain", "--image=app:1").isSuccess()).isTrue();

    CommandResult result =
        cluster.run("debug", "plain", "--image=busybox", "--profile=general", "--container=debug");

    assertThat(result.isSuccess()).as(result.stderr()).isTrue();
  }

  /** As any client can ask, without what kubectl adds. */
  private static CommandResult connect(String subresource) throws Exception {
    return cluster.kubectl().runWithInput("", "create", "--raw", PATH + subresource, "-f", "-");
  }
}
