package dev.keygate.cluster.node;

import dev.keygate.cluster.binaries.BinaryOptions;
import dev.keygate.cluster.binaries.ClusterBinaries;
import dev.keygate.cluster.enclosure.Cgroups;
import dev.keygate.cluster.process.ChildProcesses;
import dev.keygate.cluster.process.CommandResult;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Whether this machine permits real nodes: each thing they need is tried, and undone. */
public final class NodeSupport {

  private static final Duration WITHIN = Duration.ofSeconds(20);

  /** The command, and the Debian package that has it. */
  private static final Map<String, String> TOOLS = tools();

  private static final String OVERLAY =
      """
      cd "$1" && mkdir lower upper work merged &&
      mount -t overlay -o lowerdir=lower,upperdir=upper,workdir=work keygate merged
      """;

  private final BinaryOptions options;
  private final Path directory;
  private final ChildProcesses children;

  /**
   * @param options say where the executables would come from
   * @param directory where a cluster would be started
   */
  public NodeSupport(BinaryOptions options, Path directory, ChildProcesses children) {
    this.options = options;
    this.directory = directory;
    this.children = children;
  }

  /** What is in the way, as a sentence; empty if nothing is. */
  public Optional<String> obstacle() throws InterruptedException {
    try {
      requireRoot();
      requireTools();
      for (Map.Entry<String, List<String>> trial : trials().entrySet()) {
        require(trial.getKey(), trial.getValue());
      }
      requireOverlay();
      // Others of this process may be trying as well.
      Cgroups.tryOut("keygate-trial-" + UUID.randomUUID());
      ClusterBinaries.requireNodeWithinReach(options, children);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of("real nodes are not possible here: " + e.getMessage());
    }
  }

  /**
   * The same for a test that is skipped then, which the log says too.
   *
   * @throws IllegalStateException if there is an obstacle and the environment has {@code CI=true}:
   *     nothing is skipped there
   */
  public Optional<String> reasonToSkip() throws InterruptedException {
    Optional<String> obstacle = obstacle();
    if (obstacle.isPresent() && options.isContinuousIntegration()) {
      throw new IllegalStateException(
          obstacle.get() + "; with CI=true this is a failure, not a reason to skip");
    }
    obstacle.ifPresent(
        reason ->
            System.getLogger(NodeSupport.class.getName()).log(Level.WARNING, "skipped: " + reason));
    return obstacle.map(reason -> "skipped: " + reason);
  }

  private static Map<String, String> tools() {
    Map<String, String> packages = new LinkedHashMap<>();
    for (String tool : List.of("unshare", "nsenter", "setpriv", "setsid")) {
      packages.put(tool, "util-linux");
    }
    packages.put("mount", "mount");
    packages.put("ip", "iproute2");
    packages.put("nft", "nftables");
    packages.put("tail", "coreutils");
    packages.put("find", "findutils");
    return packages;
  }

  private static Map<String, List<String>> trials() {
    Map<String, List<String>> commands = new LinkedHashMap<>();
    commands.put(
        "namespaces",
        List.of("unshare", "--mount", "--net", "--pid", "--fork", "--mount-proc", "true"));
    commands.put(
        "a mount", List.of("unshare", "--mount", "mount", "-t", "tmpfs", "keygate", "/run"));
    commands.put(
        "a bridge",
        List.of("unshare", "--net", "ip", "link", "add", PodNetwork.BRIDGE, "type", "bridge"));
    commands.put("packet rules", List.of("unshare", "--net", "nft", "add", "table", "ip", "try"));
    return commands;
  }

  private static void requireRoot() throws IOException {
    if (!Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0)) {
      throw new IOException("they need root");
    }
  }

  private void requireTools() throws IOException, InterruptedException {
    for (Map.Entry<String, String> tool : TOOLS.entrySet()) {
      if (!children
          .run(List.of("sh", "-c", "command -v " + tool.getKey()), Map.of(), "", WITHIN)
          .isSuccess()) {
        throw new IOException(
            "there is no " + tool.getKey() + "; install the package " + tool.getValue());
      }
    }
  }

  private void requireOverlay() throws IOException, InterruptedException {
    Files.createDirectories(directory);
    Path place = Files.createTempDirectory(directory, "overlay-");
    try {
      require(
          "an overlay in " + directory,
          List.of("unshare", "--mount", "sh", "-c", OVERLAY, "sh", place.toString()));
    } finally {
      children.run(List.of("rm", "-r", place.toString()), Map.of(), "", WITHIN);
    }
  }

  private void require(String what, List<String> command) throws IOException, InterruptedException {
    CommandResult tried = children.run(command, Map.of(), "", WITHIN);
    if (!tried.isSuccess()) {
      throw new IOException(what + " cannot be had: " + tried.firstLine());
    }
  }
}
