package dev.keygate.operator.config;

import java.util.OptionalInt;

/**
 * The sidecar's container as the installation wants it.
 *
 * @param image a reference that a node can pull
 * @param memoryLimit a Kubernetes quantity, as are the requests
 * @param collectorPort where a collector of spans listens on every node
 */
public record SidecarTemplate(
    String image,
    PullPolicy pullPolicy,
    String memoryLimit,
    String memoryRequest,
    String cpuRequest,
    OptionalInt collectorPort) {

  /** Kubernetes' image pull policies, spelled as there. */
  public enum PullPolicy {
    /** At every start. */
    Always,
    /** If the node does not have it. */
    IfNotPresent,
    /** The node has it. */
    Never
  }
}
