package dev.keygate.scenarios.pods;

import dev.keygate.cluster.process.ChildProcessException;
import dev.keygate.cluster.process.CommandPrefix;
import dev.keygate.cluster.process.CommandResult;
import dev.keygate.scenarios.story.Surprise;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The processes of a running container as its node's root sees them: what Kubernetes gives nobody a
 * way to do to a sidecar.
 */
public final class ContainerProcess {

  private static final Duration WITHIN = Duration.ofSeconds(30);
  private static final String FIND_CGROUP =
      "group=$(find /sys/fs/cgroup -type d -path '*memory*' -name \"$1\" | head -n 1);"
          + " [ -n \"$group\" ] || { echo no such container; exit 1; }; ";

  private final PodStage stage;
  private final CommandPrefix node;
  private final String containerId;

  private ContainerProcess(PodStage stage, CommandPrefix node, String containerId) {
    this.stage = stage;
    this.node = node;
    this.containerId = containerId;
  }

  /**
   * A container of a pod, on whichever node it runs.
   *
   * @param status where the pod's status has it, such as {@code initContainerStatuses[0]}
   */
  public static ContainerProcess of(PodStage stage, String namespace, String pod, String status)
      throws Surprise, InterruptedException {
    try {
      String id =
          stage
              .kubectl()
              .require(
                  "get",
                  "pod",
                  pod,
                  "--namespace=" + namespace,
                  "-o=jsonpath={.spec.nodeName} {.status." + status + ".containerID}");
      String[] words = id.strip().split(" ", 2);
      return new ContainerProcess(
          stage, stage.cluster().onNode(words[0]), words[1].replaceFirst("^.*://", ""));
    } catch (IOException e) {
      throw new Surprise(e);
    }
  }

  /** {@code kill -9}. */
  public void kill() throws Surprise, InterruptedException {
    run(FIND_CGROUP + "kill -9 $(cat \"$group/cgroup.procs\")");
  }

  /**
   * Takes so much memory within the container's limit that the kernel has to kill somebody there;
   * it picks the container's own process, whose score Kubernetes has raised.
   */
  public void exhaustMemory() throws Surprise, InterruptedException {
    run(
        FIND_CGROUP
            + "echo $$ > \"$group/cgroup.procs\";"
            + " head -c 160000000 /dev/zero | tail -c 160000000 | wc -c");
  }

  /** What the kernel counts as the container's memory, its memory-backed volumes included. */
  public ContainerMemory memory() throws Surprise, InterruptedException {
    return ContainerMemory.parse(
        run(
            FIND_CGROUP
                + "cd \"$group\"; for f in usage_in_bytes max_usage_in_bytes stat;"
                + " do cat memory.$f; done"));
  }

  private String run(String script) throws Surprise, InterruptedException {
    try {
      CommandResult result =
          stage
              .children()
              .run(
                  node.before(List.of("sh", "-c", script, "sh", containerId)),
                  Map.of(),
                  "",
                  WITHIN);
      if (!result.isSuccess()) {
        throw new Surprise("on the node: " + result.firstLine());
      }
      return result.stdout();
    } catch (ChildProcessException e) {
      throw new Surprise(e);
    }
  }
}
