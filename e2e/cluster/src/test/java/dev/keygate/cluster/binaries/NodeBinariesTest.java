package dev.keygate.cluster.binaries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeBinariesTest {

  @TempDir private Path directory;
  private BinariesWorld world;

  @BeforeEach
  void makeWorld() throws IOException {
    world = new BinariesWorld(directory);
  }

  @AfterEach
  void closeWorld() {
    world.close();
  }

  @Test
  void nodesAreBuiltAndTheControlPlaneIsDownloaded() throws Exception {
    world.publishAll();
    world.compiler("exit 0", "exit 0");

    ClusterBinaries found = world.obtainWithNode(world.options());

    assertThat(found.path(ClusterBinary.KUBECTL)).content().isEqualTo(BinariesWorld.RUNS);
    assertThat(found.path(ClusterBinary.CNI_BRIDGE)).isExecutable().content().contains("built");
    assertThat(found.path(ClusterBinary.KUBELET).getParent())
        .isNotEqualTo(found.path(ClusterBinary.KUBECTL).getParent());
    assertThat(Files.readAllLines(world.builds())).hasSize(14);
  }

  @Test
  void whatBothSetsNeedIsKeptUntilBothAreBuilt() throws Exception {
    world.compiler("exit 0", "exit 0");
    BinariesWorld.executable(
        world.directory().resolve("path/go"),
        BinariesWorld.GO
            .replace("echo \"$GOCACHE\"", "mkdir -p $GOCACHE; ls $GOCACHE; touch $GOCACHE/$$; echo")
            .replace("$BUILDS", world.builds().toString()));

    world.obtainWithNode(world.options());

    assertThat(Files.readAllLines(world.builds()).getLast()).isBlank();
    assertThat(world.cache().resolve("gocache")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({"exit 1, exit 0", "exit 0, exit 1"})
  void nodesAreNotBuiltWithoutWhatRuncTakes(String gcc, String pkgConfig) throws Exception {
    world.publishAll();
    world.compiler(gcc, pkgConfig);

    assertThatThrownBy(() -> world.obtainWithNode(world.options()))
        .isInstanceOf(BinariesUnavailableException.class)
        .hasMessageContaining("libseccomp-dev");
    assertThatThrownBy(
            () -> ClusterBinaries.requireNodeWithinReach(world.options(), world.children()))
        .isInstanceOf(IOException.class);
    assertThat(world.builds()).doesNotExist();
  }

  @Test
  void controlPlaneAloneKnowsNoKubelet() throws Exception {
    world.publishAll();

    ClusterBinaries found = world.obtain(world.options());

    assertThatThrownBy(() -> found.path(ClusterBinary.KUBELET))
        .isInstanceOf(IllegalStateException.class);
    assertThat(world.builds()).doesNotExist();
  }

  @Test
  void namedFolderWithoutANodeIsRefusedForNodesAlone() throws Exception {
    Path named = world.folderWith("kube-apiserver", "kube-controller-manager", "kubectl", "etcd");

    assertThat(world.obtain(world.options().withFolder(named)).path(ClusterBinary.ETCD)).exists();
    assertThatThrownBy(() -> world.obtainWithNode(world.options().withFolder(named)))
        .isInstanceOf(BinariesUnavailableException.class)
        .hasMessageContaining("cni/portmap");
  }

  @Test
  void nodesAreWithinReachOnceBuilt() throws Exception {
    world.publishAll();
    world.compiler("exit 0", "exit 0");
    world.obtainWithNode(world.options());
    world.compiler("exit 1", "exit 1");

    ClusterBinaries.requireNodeWithinReach(world.options(), world.children());

    assertThat(Files.readAllLines(world.builds())).hasSize(14);
  }
}
