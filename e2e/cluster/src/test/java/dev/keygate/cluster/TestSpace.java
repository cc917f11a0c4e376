package dev.keygate.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.cluster.process.CommandResult;
import java.io.IOException;

/**
 * One namespace of a cluster under test; what does not come true is reported with a description of
 * what is in there.
 */
record TestSpace(KubernetesCluster cluster, String namespace) {

  /** Applies objects, which must be admitted. */
  void apply(String yaml) throws Exception {
    CommandResult applied = tryToApply(yaml);
    assertThat(applied.isSuccess()).withFailMessage(() -> applied.stderr() + yaml).isTrue();
  }

  CommandResult tryToApply(String yaml) throws Exception {
    return cluster
        .kubectl()
        .runWithInput(yaml, "apply", "--namespace=" + namespace, "--server-side", "-f", "-");
  }

  /** Applies a pod, waits for its end and returns what it wrote. */
  String logsOf(TestPod pod) throws Exception {
    apply(pod.yaml());
    await("pod/" + pod.name(), "jsonpath={.status.phase}=Succeeded");
    return cluster.logs(namespace, pod.name(), "main");
  }

  String lastLineOf(String pod) throws Exception {
    return cluster.logs(namespace, pod, "main").strip().lines().toList().getLast();
  }

  void await(String object, String condition) throws Exception {
    CommandResult awaited =
        cluster
            .kubectl()
            .run("wait", "--namespace=" + namespace, object, "--for=" + condition, "--timeout=60s");
    if (!awaited.isSuccess()) {
      throw new AssertionError(awaited.firstLine() + "\n" + cluster.describe(namespace));
    }
  }

  String get(String object, String path) throws IOException, InterruptedException {
    return cluster
        .kubectl()
        .require("get", "--namespace=" + namespace, object, "--output=jsonpath=" + path);
  }
}
