package dev.keygate.cluster;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.keygate.cluster.binaries.BinaryOptions;
import dev.keygate.cluster.binaries.ClusterBinaries;
import dev.keygate.cluster.image.TestImage;
import dev.keygate.cluster.node.NodeSupport;
import dev.keygate.cluster.process.ChildProcesses;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Starts clusters for tests, where this machine permits it. */
final class TestCluster {

  private static final BinaryOptions BINARIES = BinaryOptions.from(System.getenv());

  private TestCluster() {}

  /** Skips the test that asks, and says why, where real nodes are not possible. */
  static void assumePossible(Path directory, ChildProcesses children) throws Exception {
    Optional<String> skip = new NodeSupport(BINARIES, directory, children).reasonToSkip();
    assumeTrue(skip.isEmpty(), () -> skip.orElse(""));
  }

  static ClusterBinaries binaries(ChildProcesses children) throws Exception {
    return ClusterBinaries.obtainWithNode(
        BINARIES, children, line -> System.out.println("keygate: " + line));
  }

  static KubernetesCluster start(ClusterBinaries binaries, Path directory, ChildProcesses children)
      throws Exception {
    Path images = directory.resolve("images");
    return KubernetesCluster.start(
        binaries,
        ClusterOptions.plain()
            .withAddress("169.254.169.254/32")
            .withImages(
                List.of(
                    TestImage.PAUSE.write(binaries, images),
                    TestImage.PROBE.write(binaries, images))),
        directory,
        children);
  }
}
