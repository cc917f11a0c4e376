package dev.keygate.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.cluster.node.PodNetwork;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;

/**
 * What a cluster could leave on this machine.
 *
 * @param name of its folder and its cgroups
 * @param namespaces its network's and first mounts' identities
 */
record Traces(String name, List<String> namespaces) {

  private static final Duration WITHIN = Duration.ofSeconds(30);
  private static final List<String> SETTINGS =
      List.of(
          "vm/overcommit_memory",
          "vm/panic_on_oom",
          "kernel/panic",
          "kernel/panic_on_oops",
          "kernel/keys/root_maxkeys",
          "net/ipv4/ip_forward");

  static Traces of(KubernetesCluster cluster) throws IOException {
    Path links = Path.of("/proc", Long.toString(cluster.enclosure().firstProcess()), "ns");
    return new Traces(
        cluster.cgroups().name().substring("keygate-".length()),
        List.of(
            Files.readSymbolicLink(links.resolve("net")).toString(),
            Files.readSymbolicLink(links.resolve("mnt")).toString(),
            Files.readSymbolicLink(links.resolve("pid")).toString()));
  }

  /** Settings of the machine that a kubelet would change. */
  static Map<String, String> settings() throws IOException {
    Map<String, String> values = new TreeMap<>();
    for (String setting : SETTINGS) {
      values.put(setting, Files.readString(Path.of("/proc/sys").resolve(setting)).strip());
    }
    return values;
  }

  /** All that is there: processes, cgroups, mounts, interfaces. */
  List<String> left() throws IOException {
    List<String> found = new ArrayList<>();
    ProcessHandle.allProcesses()
        .filter(this::isOfTheCluster)
        .forEach(one -> found.add("process " + one.pid() + " " + one.info()));
    try (DirectoryStream<Path> cgroups =
        Files.newDirectoryStream(Path.of("/sys/fs/cgroup"), Files::isDirectory)) {
      for (Path hierarchy : cgroups) {
        Path cgroup = hierarchy.resolve("keygate-" + name);
        if (Files.exists(cgroup)) {
          found.add("cgroup " + cgroup);
        }
      }
    }
    Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
        .filter(line -> line.contains(name))
        .forEach(line -> found.add("mount " + line));
    if (Files.exists(Path.of("/sys/class/net", PodNetwork.BRIDGE))) {
      found.add("interface " + PodNetwork.BRIDGE);
    }
    return found;
  }

  /** The kernel takes namespaces down after their last process has ended. */
  void awaitGone() {
    Awaitility.await().atMost(WITHIN).untilAsserted(() -> assertThat(left()).isEmpty());
  }

  private boolean isOfTheCluster(ProcessHandle process) {
    Path proc = Path.of("/proc", Long.toString(process.pid()));
    try {
      return Files.readString(proc.resolve("cmdline")).contains(name)
          || namespaces.contains(Files.readSymbolicLink(proc.resolve("ns/net")).toString())
          || namespaces.contains(Files.readSymbolicLink(proc.resolve("ns/mnt")).toString())
          || namespaces.contains(Files.readSymbolicLink(proc.resolve("ns/pid")).toString());
    } catch (IOException e) {
      // It ended meanwhile.
      return false;
    }
  }
}
