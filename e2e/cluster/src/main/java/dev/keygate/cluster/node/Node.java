package dev.keygate.cluster.node;

import dev.keygate.cluster.binaries.ClusterBinaries;
import dev.keygate.cluster.binaries.ClusterBinary;
import dev.keygate.cluster.enclosure.Enclosure;
import dev.keygate.cluster.pki.NodePki;
import dev.keygate.cluster.process.ChildCommand;
import dev.keygate.cluster.process.ChildProcess;
import dev.keygate.cluster.process.CommandPrefix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/**
 * One node: container runtime and kubelet in a mount namespace of their own, so that each node has
 * the places in the file system that are fixed, such as that of device plugins. Safe for use by
 * several threads.
 */
public final class Node {

  private static final Duration READY_WITHIN = Duration.ofSeconds(30);
  private static final Duration IMPORTED_WITHIN = Duration.ofMinutes(2);

  // Containers, volumes and logs are in memory and go with the namespace; images are in the folder.
  private static final List<String> PRIVATE_FOLDERS =
      List.of("/run", "/var/log", "/var/lib/kubelet", "/var/lib/cni");

  private final NodeSpec spec;
  private final ClusterBinaries binaries;
  private final NodeFiles files;
  private final Enclosure enclosure;
  private final CommandPrefix place;
  private final List<ChildProcess> processes = new CopyOnWriteArrayList<>();

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
    NodeFiles files = new NodeFiles(spec, binaries, folder);
    CommandPrefix place = enclosure.openMounts(spec.name());
    for (String hidden : PRIVATE_FOLDERS) {
      // A mount needs a folder to be put on; an empty one may stay.
      Files.createDirectories(Path.of(hidden));
      enclosure.require(
          place, "", List.of("mount", "-t", "tmpfs", "-o", "mode=755", "keygate", hidden));
    }
    // What the kubelet mounts must reach the runtime's containers.
    enclosure.require(place, "", List.of("mount", "--make-rshared", "/"));
    return new Node(spec, binaries, files, enclosure, place);
  }

  /** Brings a command into the node's file system, network and processes. */
  public CommandPrefix place() {
    return place;
  }

  /** What was said about it. */
  public NodeSpec spec() {
    return spec;
  }

  /** What runs of it: the container runtime, the kubelet, device plugins. */
  public List<ChildProcess> processes() {
    return List.copyOf(processes);
  }

  /** Starts the container runtime and waits until it answers. */
  public void startRuntime() throws IOException, InterruptedException {
    ChildProcess runtime =
        start(ClusterBinary.CONTAINERD, List.of("--config=" + files.writeRuntime()));
    List<String> version = place.before(ctr(List.of("version")));
    runtime.awaitReady(
        () -> enclosure.children().run(version, Map.of(), "", READY_WITHIN).isSuccess(),
        READY_WITHIN);
  }

  /**
   * Gives images to the runtime; pods ask for them with {@code imagePullPolicy: Never}.
   *
   * @param archives as {@code docker save} or Jib write them
   */
  public void importImages(List<Path> archives) throws IOException, InterruptedException {
    for (Path archive : archives) {
      List<String> command =
          ctr(List.of("images", "import", "--local", archive.toAbsolutePath().toString()));
      enclosure.require(place, "", command, IMPORTED_WITHIN);
    }
  }

  /**
   * Starts the kubelet, which registers the node.
   *
   * @param cgroup below which it makes those of its pods
   */
  public ChildProcess startKubelet(Path kubeconfig, NodePki pki, String cgroup) throws IOException {
    String labels =
        spec.labels().entrySet().stream()
            .map(label -> label.getKey() + "=" + label.getValue())
            .sorted()
            .collect(Collectors.joining(","));
    return start(
        ClusterBinary.KUBELET,
        List.of(
            "--config=" + files.writeKubelet(pki, cgroup),
            "--kubeconfig=" + kubeconfig,
            "--hostname-override=" + spec.name(),
            "--node-ip=" + spec.address(),
            "--node-labels=" + labels));
  }

  /** Starts the stand-in for a device plugin, which registers with the kubelet when it can. */
  public ChildProcess startDevicePlugin(DevicePluginOptions options) throws IOException {
    Path folder = Files.createDirectories(files.folder().resolve("boot-log"));
    Path log = folder.resolve("binary_bios_measurements");
    Files.copy(options.bootEventLog(), log, StandardCopyOption.REPLACE_EXISTING);
    Files.setPosixFilePermissions(log, PosixFilePermissions.fromString("r--r-----"));
    List<String> arguments = new ArrayList<>();
    arguments.add("--shares=" + options.shares());
    arguments.add("--boot-log=" + folder);
    options.lab().ifPresent(lab -> arguments.add("--lab=" + lab.toAbsolutePath()));
    return start(ClusterBinary.DEVICE_PLUGIN, arguments);
  }

  private List<String> ctr(List<String> arguments) {
    List<String> line = new ArrayList<>();
    line.add(binaries.path(ClusterBinary.CTR).toString());
    line.add("--address=" + NodeFiles.RUNTIME_SOCKET);
    line.add("--namespace=k8s.io");
    line.addAll(arguments);
    return line;
  }

  private ChildProcess start(ClusterBinary binary, List<String> arguments) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(binaries.path(binary).toString());
    line.addAll(arguments);
    ChildCommand command =
        ChildCommand.of(
            binary.fileName() + "-" + spec.name(),
            line,
            files.folder().resolve(binary.fileName() + ".log"));
    ChildProcess started = enclosure.children().start(place.before(command));
    processes.add(started);
    return started;
  }
}
