package dev.keygate.cluster.node;

import dev.keygate.cluster.binaries.ClusterBinaries;
import dev.keygate.cluster.binaries.ClusterBinary;
import dev.keygate.cluster.enclosure.Enclosure;
import dev.keygate.cluster.pki.NodePki;
import dev.keygate.cluster.process.ChildCommand;
import dev.keygate.cluster.process.ChildProcess;
import dev.keygate.cluster.process.ChildProcesses;
import dev.keygate.cluster.process.CommandPrefix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One node: container runtime and kubelet in a mount namespace of their own, so that each node has
 * the places in the file system that are fixed, such as that of device plugins.
 */
public final class Node {

  private static final Duration READY_WITHIN = Duration.ofSeconds(30);
  private static final List<String> PRIVATE_FOLDERS =
      List.of("/run", "/var/log", "/var/lib/kubelet", "/var/lib/cni");

  private final NodeSpec spec;
  private final ClusterBinaries binaries;
  private final NodeFiles files;
  private final Enclosure enclosure;
  private final CommandPrefix place;

  private Node(
      NodeSpec spec,
      ClusterBinaries binaries,
      NodeFiles files,
      Enclosure enclosure,
      CommandPrefix place) {
    this.spec = spec;
    this.binaries = binaries;
    this.files = files;
    this.enclosure = enclosure;
    this.place = place;
  }

  /**
   * Makes the node's places in the file system.
   *
   * @param folder for its files; the images are unpacked in there
   */
  public static Node prepare(
      NodeSpec spec, ClusterBinaries binaries, Path folder, Enclosure enclosure)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Node node =
        new Node(
            spec,
            binaries,
            new NodeFiles(spec, binaries, folder),
            enclosure,
            enclosure.openMounts(spec.name()));
    for (String hidden : PRIVATE_FOLDERS) {
      // A mount needs a folder to be put on; an empty one may stay.
      Files.createDirectories(Path.of(hidden));
      node.require("mount", "-t", "tmpfs", "-o", "mode=755", "keygate", hidden);
    }
    // What the kubelet mounts must reach the runtime's containers.
    node.require("mount", "--make-rshared", "/");
    return node;
  }

  /** What was said about it. */
  public NodeSpec spec() {
    return spec;
  }

  /** Brings a command into the node's file system, network and processes. */
  public CommandPrefix place() {
    return place;
  }

  /** Starts the container runtime and waits until it answers. */
  public ChildProcess startRuntime(ChildProcesses children)
      throws IOException, InterruptedException {
    ChildProcess runtime =
        children.start(
            command(ClusterBinary.CONTAINERD, List.of("--config=" + files.writeRuntime())));
    runtime.awaitReady(
        () -> children.run(ctr(List.of("version")), Map.of(), "", READY_WITHIN).isSuccess(),
        READY_WITHIN);
    return runtime;
  }

  /**
   * Gives images to the runtime; pods ask for them with {@code imagePullPolicy: Never}.
   *
   * @param archives as {@code docker save} writes them
   */
  public void importImages(List<Path> archives) throws IOException, InterruptedException {
    for (Path archive : archives) {
      enclosure.require(
          CommandPrefix.none(),
          "",
          ctr(List.of("images", "import", "--local", archive.toString())));
    }
  }

  /**
   * Starts the kubelet, which registers the node.
   *
   * @param cgroup below which it makes those of its pods
   */
  public ChildProcess startKubelet(
      Path kubeconfig, NodePki pki, String cgroup, ChildProcesses children) throws IOException {
    String labels =
        spec.labels().entrySet().stream()
            .map(label -> label.getKey() + "=" + label.getValue())
            .sorted()
            .collect(Collectors.joining(","));
    Path config = files.writeKubelet(pki, cgroup);
    return children.start(
        command(
            ClusterBinary.KUBELET,
            List.of(
                "--config=" + config,
                "--kubeconfig=" + kubeconfig,
                "--hostname-override=" + spec.name(),
                "--node-ip=" + spec.address(),
                "--node-labels=" + labels)));
  }

  private List<String> ctr(List<String> arguments) {
    List<String> line = new ArrayList<>();
    line.add(binaries.path(ClusterBinary.CTR).toString());
    line.add("--address=" + NodeFiles.RUNTIME_SOCKET);
    line.add("--namespace=k8s.io");
    line.addAll(arguments);
    return place.before(line);
  }

  private ChildCommand command(ClusterBinary binary, List<String> arguments) {
    List<String> line = new ArrayList<>();
    line.add(binaries.path(binary).toString());
    line.addAll(arguments);
    String name = binary.fileName() + "-" + spec.name();
    return place.before(
        ChildCommand.of(name, line, files.folder().resolve(binary.fileName() + ".log")));
  }

  private void require(String... command) throws IOException, InterruptedException {
    enclosure.require(place, "", List.of(command));
  }
}
