package dev.keygate.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keygate.azure.time.SystemTime;
import dev.keygate.cluster.binaries.ClusterBinaries;
import dev.keygate.cluster.binaries.ClusterBinary;
import dev.keygate.cluster.process.ChildCommand;
import dev.keygate.cluster.process.ChildProcess;
import dev.keygate.cluster.process.ChildProcessException;
import dev.keygate.cluster.process.ChildProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A cluster that nobody closes: its JVM ends, or it never was ready. */
class ClusterEndIT {

  private static final Duration LONG = Duration.ofMinutes(3);

  @TempDir(factory = InTarget.class)
  private static Path directory;

  private static ChildProcesses children;
  private static ClusterBinaries binaries;

  @BeforeAll
  static void requireNodes() throws Exception {
    children = ChildProcesses.open(new SystemTime());
    TestCluster.assumePossible(directory, children);
    // Building them may take longer than starting a cluster is waited for.
    binaries = TestCluster.binaries(children);
  }

  @AfterAll
  static void stopAll() {
    children.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "KILL"})
  void clusterLeavesNothingHoweverItsProcessEnds(String signal) throws Exception {
    Map<String, String> before = Traces.settings();
    ChildProcess owner =
        children.start(
            ChildCommand.of(
                "owner",
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    ClusterMain.class.getName(),
                    directory.toString()),
                directory.resolve("owner-" + signal + ".log")));
    owner.awaitReady(() -> lastLine(owner).startsWith("running "), LONG);
    List<String> words = List.of(lastLine(owner).split(" ", -1));
    Traces traces = new Traces(words.get(1), words.subList(2, words.size()));
    assertThat(traces.left()).hasSizeGreaterThan(10);

    children.run(List.of("kill", "-" + signal, Long.toString(owner.pid())), Map.of(), "", LONG);

    assertThat(owner.awaitExit(LONG)).isPresent();
    traces.awaitGone();
    assertThat(Traces.settings()).isEqualTo(before);
  }

  @Test
  void clusterThatCannotStartIsReportedWithItsLogAndLeavesNothing() throws Exception {
    ClusterBinaries broken = copyOfBinariesWith("kube-apiserver", "echo no space left; exit 5");
    Path own = directory.resolve("broken");

    assertThatThrownBy(() -> KubernetesCluster.start(broken, ClusterOptions.plain(), own, children))
        .isInstanceOf(ChildProcessException.class)
        .hasMessageContaining("no space left");

    try (Stream<Path> folders = Files.list(own)) {
      new Traces(folders.findFirst().orElseThrow().getFileName().toString(), List.of()).awaitGone();
    }
  }

  private static ClusterBinaries copyOfBinariesWith(String name, String script) throws IOException {
    Path folder = directory.resolve("executables");
    Files.createDirectories(folder.resolve("cni"));
    for (ClusterBinary binary : ClusterBinary.values()) {
      Files.createSymbolicLink(folder.resolve(binary.fileName()), binaries.path(binary));
    }
    Files.delete(folder.resolve(name));
    Files.writeString(folder.resolve(name), "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(
        folder.resolve(name), PosixFilePermissions.fromString("rwx------"));
    return ClusterBinaries.in(folder);
  }

  private static String lastLine(ChildProcess process) {
    return String.join("", process.lastLogLines(1));
  }
}
