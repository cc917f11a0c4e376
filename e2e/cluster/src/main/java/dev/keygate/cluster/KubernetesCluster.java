package dev.keygate.cluster;

import dev.keygate.cluster.binaries.ClusterBinaries;
import dev.keygate.cluster.binaries.ClusterBinary;
import dev.keygate.cluster.enclosure.Cgroups;
import dev.keygate.cluster.enclosure.Enclosure;
import dev.keygate.cluster.node.DevicePluginOptions;
import dev.keygate.cluster.node.Node;
import dev.keygate.cluster.node.PodNetwork;
import dev.keygate.cluster.process.ChildCommand;
import dev.keygate.cluster.process.ChildProcess;
import dev.keygate.cluster.process.ChildProcesses;
import dev.keygate.cluster.process.CommandPrefix;
import dev.keygate.cluster.process.CommandResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A running Kubernetes with two real nodes, in namespaces of its own: pods run, Services lead to
 * them, and nothing is left on this machine when it is closed or this process ends, however it
 * ends. The API server is at {@code https://10.244.0.1:16443}, which only the cluster's own network
 * reaches. There is no cluster DNS, no registry and no way out; images are imported. Needs root.
 * Safe for use by several threads.
 */
public final class KubernetesCluster implements AutoCloseable {

  /** The API server's address in the cluster's network, and that of whatever serves pods there. */
  public static final String GATEWAY = PodNetwork.GATEWAY;

  /** The node that says it is a confidential VM, by AKS's label. */
  public static final String CONFIDENTIAL_NODE = "confidential";

  /** The other node. */
  public static final String ORDINARY_NODE = "ordinary";

  private static final Duration OFFERED_WITHIN = Duration.ofSeconds(30);

  private final KubernetesControlPlane controlPlane;
  private final Enclosure enclosure;
  private final Cgroups cgroups;
  private final List<Node> nodes;

  KubernetesCluster(
      KubernetesControlPlane controlPlane, Enclosure enclosure, Cgroups cgroups, List<Node> nodes) {
    this.controlPlane = controlPlane;
    this.enclosure = enclosure;
    this.cgroups = cgroups;
    this.nodes = List.copyOf(nodes);
  }

  /**
   * Starts one and waits until both nodes are ready. Every file it needs or leaves is in the
   * directory, which the caller deletes after closing it.
   *
   * @param binaries of both sets
   * @param directory is made if absent; each start takes a new folder in it
   * @param children own the processes, so that they end with this one
   */
  public static KubernetesCluster start(
      ClusterBinaries binaries, ClusterOptions options, Path directory, ChildProcesses children)
      throws IOException, InterruptedException {
    Files.createDirectories(directory);
    Path own = Files.createTempDirectory(directory.toAbsolutePath(), "cluster-");
    Enclosure enclosure =
        Enclosure.open(binaries.path(ClusterBinary.PAUSE), own.resolve("logs"), children);
    try {
      return new ClusterStart(binaries, own, enclosure).run(options);
    } catch (IOException | InterruptedException | RuntimeException e) {
      enclosure.close();
      throw e;
    }
  }

  /** Its control plane: kubectl, kubeconfigs, tokens, the issuer. */
  public KubernetesControlPlane controlPlane() {
    return controlPlane;
  }

  /** kubectl as the administrator. */
  public Kubectl kubectl() {
    return controlPlane.kubectl();
  }

  /**
   * The same child in the cluster's network, with this machine's files: a server for pods, a client
   * of them or of the API server.
   */
  public ChildCommand inNetwork(ChildCommand command) {
    return enclosure.network().before(command);
  }

  /** Brings a command into the cluster's network, with this machine's files. */
  public CommandPrefix network() {
    return enclosure.network();
  }

  /**
   * Brings a command into a node's file system, network and processes, as its root.
   *
   * @throws IllegalArgumentException if there is no such node
   */
  public CommandPrefix onNode(String name) {
    return nodes.stream()
        .filter(node -> node.spec().name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no node " + name))
        .place();
  }

  /**
   * Gives images to both nodes; pods ask for them with {@code imagePullPolicy: Never}.
   *
   * @param archives as {@code docker save} writes them
   */
  public void importImages(List<Path> archives) throws IOException, InterruptedException {
    for (Node node : nodes) {
      node.importImages(archives);
    }
  }

  /**
   * Starts the stand-in for a vTPM's device plugin on the confidential node and waits until pods
   * can ask for {@code keygate.dev/vtpm}: a character device at {@code /dev/tpmrm0}, owner 107,
   * group 111, mode 0660.
   *
   * @return the plugin's process; when it ends, the node has no shares left
   */
  public ChildProcess startDevicePlugin(DevicePluginOptions options)
      throws IOException, InterruptedException {
    Node confidential =
        nodes.stream()
            .filter(node -> node.spec().name().equals(CONFIDENTIAL_NODE))
            .findFirst()
            .orElseThrow();
    ChildProcess plugin = confidential.startDevicePlugin(options);
    String offered = "--for=jsonpath={.status.allocatable.keygate\\.dev/vtpm}=" + options.shares();
    plugin.awaitReady(
        () ->
            controlPlane
                .kubectl("wait", offered, "node/" + CONFIDENTIAL_NODE, "--timeout=2s")
                .isSuccess(),
        OFFERED_WITHIN);
    return plugin;
  }

  /**
   * What a pod's container has written so far.
   *
   * @throws IOException if there is no such container, or it has not started
   */
  public String logs(String namespace, String pod, String container)
      throws IOException, InterruptedException {
    return kubectl().require("logs", "--namespace=" + namespace, pod, "--container=" + container);
  }

  /** What a person would ask for when a test with this namespace fails. */
  public String describe(String namespace) throws IOException, InterruptedException {
    String selected = "--namespace=" + namespace;
    StringBuilder text = new StringBuilder();
    for (List<String> question :
        List.of(
            List.of("get", "pods", selected, "--output=wide"),
            List.of("describe", "pods", selected),
            List.of("get", "events", selected, "--sort-by=.metadata.creationTimestamp"))) {
      CommandResult answer = kubectl().run(question.toArray(String[]::new));
      text.append(answer.stdout()).append(answer.stderr()).append('\n');
    }
    return text.toString();
  }

  /** Its processes without those of pods, for figures about them. */
  public List<ChildProcess> processes() {
    List<ChildProcess> all = new ArrayList<>(controlPlane.processes());
    nodes.forEach(node -> all.addAll(node.processes()));
    return all;
  }

  Enclosure enclosure() {
    return enclosure;
  }

  Cgroups cgroups() {
    return cgroups;
  }

  /** Ends everything in it at once and waits until its cgroups are gone. */
  @Override
  public void close() throws IOException {
    enclosure.close();
    try {
      cgroups.awaitRemoval(enclosure.children());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
