package dev.keygate.cluster.binaries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterBinariesTest {

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
  void namedFolderIsUsedAndNothingElseIsAsked() throws Exception {
    world.publishAll();
    Path named = world.folderWith("kube-apiserver", "kube-controller-manager", "kubectl", "etcd");

    ClusterBinaries found = world.obtain(world.options().withFolder(named));

    assertThat(found.path(ClusterBinary.ETCD)).isEqualTo(named.resolve("etcd"));
    assertThat(world.site().asked()).isEmpty();
    assertThat(world.cache()).doesNotExist();
  }

  @Test
  void namedFolderThatLacksOneIsRefusedAndNothingElseIsTried() throws Exception {
    world.publishAll();
    Path named = world.folderWith("kube-apiserver", "kube-controller-manager", "kubectl");

    assertThatThrownBy(() -> world.obtain(world.options().withFolder(named)))
        .isInstanceOf(BinariesUnavailableException.class)
        .hasMessageContaining("etcd");
    assertThat(world.site().asked()).isEmpty();
  }

  @Test
  void namedFolderWhoseExecutableDoesNotRunIsRefused() throws Exception {
    Path named = world.folderWith("kube-apiserver", "kube-controller-manager", "kubectl", "etcd");
    BinariesWorld.executable(named.resolve("etcd"), "#!/bin/sh\nexit 1\n");

    assertThatThrownBy(() -> world.obtain(world.options().withFolder(named)))
        .isInstanceOf(BinariesUnavailableException.class);
  }

  @Test
  void officialReleaseIsDownloadedOnceAndCached() throws Exception {
    world.publishAll();

    ClusterBinaries first = world.obtain(world.options());
    int requests = world.site().asked().size();
    ClusterBinaries second = world.obtain(world.options());

    assertThat(first.path(ClusterBinary.KUBECTL))
        .isExecutable()
        .content()
        .isEqualTo(BinariesWorld.RUNS);
    assertThat(first.path(ClusterBinary.ETCD))
        .isExecutable()
        .content()
        .isEqualTo(BinariesWorld.RUNS);
    assertThat(second).isEqualTo(first);
    assertThat(world.site().asked()).hasSize(requests);
    assertThat(BinariesWorld.namesIn(world.cache()))
        .containsExactlyInAnyOrder(Recipe.load(BinarySet.CONTROL_PLANE).key(), "lock");
    assertThat(BinariesWorld.namesIn(world.filled())).hasSize(4);
  }

  @Test
  void downloadWithAnotherChecksumIsRefusedAndLeavesNothing() throws Exception {
    world.publishAll();
    world.site().publish(BinariesWorld.KUBERNETES + "kubectl", BinariesWorld.RUNS + "# altered\n");

    assertThatThrownBy(() -> world.obtain(world.withoutGo()))
        .isInstanceOf(BinariesUnavailableException.class)
        .hasMessageContaining("SHA-256");
    assertThat(BinariesWorld.namesIn(world.cache())).containsExactly("lock");
  }

  @Test
  void downloadWhoseChecksumIsNotPublishedIsRefused() throws Exception {
    world.publishAll();
    world.site().withdraw(BinariesWorld.KUBERNETES + "kube-apiserver.sha256");

    assertThatThrownBy(() -> world.obtain(world.withoutGo()))
        .isInstanceOf(BinariesUnavailableException.class);
  }

  @Test
  void archiveThatIsNotInTheChecksumsIsRefused() throws Exception {
    world.publishAll();
    world.site().publish("/v3.6.8/SHA256SUMS", "0".repeat(64) + "  another.tar.gz\n");

    assertThatThrownBy(() -> world.obtain(world.withoutGo()))
        .isInstanceOf(BinariesUnavailableException.class);
  }

  @Test
  void failedDownloadFallsToTheBuildWithOneLine() throws Exception {
    ClusterBinaries built = world.obtain(world.options());

    assertThat(built.path(ClusterBinary.KUBE_APISERVER)).content().contains("built");
    assertThat(world.lines()).filteredOn(line -> line.contains("not possible")).hasSize(1);
    assertThat(Files.readAllLines(world.builds())).hasSize(4);
  }

  @Test
  void failedBuildLeavesNoHalfOfACache() throws Exception {
    BinariesWorld.executable(
        world.directory().resolve("path/go"),
        BinariesWorld.GO
            .replace("echo \"$GOCACHE\"", "[ ! -e $BUILDS ] || exit 9; echo x")
            .replace("$BUILDS", world.builds().toString()));

    assertThatThrownBy(() -> world.obtain(world.options()))
        .isInstanceOf(BinariesUnavailableException.class);

    assertThat(world.builds()).exists();
    assertThat(BinariesWorld.namesIn(world.cache()))
        .containsExactlyInAnyOrder("lock", "go-build.log");
  }

  @Test
  void leftoversOfAKilledRunAreRemoved() throws Exception {
    Path leftover = world.cache().resolve("0123456789abcdef.unfinished-1");
    Files.createDirectories(leftover.resolve("work"));
    Files.writeString(leftover.resolve("kubectl"), BinariesWorld.RUNS);

    world.obtain(world.options());

    assertThat(leftover).doesNotExist();
  }

  @Test
  void cachedFolderThatLostAFileIsMadeAgain() throws Exception {
    ClusterBinaries first = world.obtain(world.options());
    Files.delete(first.path(ClusterBinary.KUBECTL));

    ClusterBinaries second = world.obtain(world.options());

    assertThat(second.path(ClusterBinary.KUBECTL)).isExecutable();
  }

  @Test
  void twoAtOnceBuildOnce() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<ClusterBinaries> run = () -> world.obtain(world.options());
      List<Future<ClusterBinaries>> both = threads.invokeAll(List.of(run, run));

      assertThat(both.get(0).get()).isEqualTo(both.get(1).get());
    }
    assertThat(Files.readAllLines(world.builds())).hasSize(4);
  }

  @Test
  void buildDropsItsOwnCachesUnlessAskedToKeepThem() throws Exception {
    Files.createDirectories(world.cache().resolve("gocache"));
    Files.createDirectories(world.cache().resolve("gomod"));

    world.obtain(world.options("KEYGATE_KEEP_GOCACHE", "1"));
    assertThat(world.cache().resolve("gocache")).exists();

    FileTree.delete(world.cache().resolve(Recipe.load(BinarySet.CONTROL_PLANE).key()));
    world.obtain(world.options());
    assertThat(world.cache().resolve("gocache")).doesNotExist();
    assertThat(world.cache().resolve("gomod")).doesNotExist();
  }

  @Test
  void buildKeepsTheUsersOwnCaches() throws Exception {
    Path own = Files.createDirectories(world.directory().resolve("own"));

    world.obtain(world.options("GOCACHE", own.toString()));

    assertThat(own).exists();
    assertThat(Files.readAllLines(world.builds())).containsOnly(own.toString());
  }

  @Test
  void saysWhatWasTriedWhenNoWayIsOpen() throws Exception {
    BinariesWorld.executable(
        world.directory().resolve("path/go"), "#!/bin/sh\necho go version go1.24.1 linux/amd64\n");

    assertThatThrownBy(() -> world.obtain(world.options()))
        .isInstanceOf(BinariesUnavailableException.class)
        .hasMessageContaining("KEYGATE_K8S_BIN")
        .hasMessageContaining("status 404")
        .hasMessageContaining("1.24.1");
  }

  @Test
  void etcdOfTheArchiveIsTheOneThatIsUnpacked() throws Exception {
    world.publishAll();

    world.obtain(world.options());

    assertThat(BinariesWorld.namesIn(world.filled()))
        .containsExactlyInAnyOrder("kube-apiserver", "kube-controller-manager", "kubectl", "etcd");
  }
}
