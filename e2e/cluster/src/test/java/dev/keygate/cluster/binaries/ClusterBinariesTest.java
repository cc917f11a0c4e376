package dev.keygate.cluster.binaries;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keygate.azure.time.SystemTime;
import dev.keygate.cluster.process.ChildProcesses;
import dev.keygate.cluster.process.CommandResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterBinariesTest {

  private static final String RUNS = "#!/bin/sh\necho version 1\n";
  private static final String ARCHITECTURE =
      System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
  private static final String KUBERNETES = "/v1.36.3/bin/linux/" + ARCHITECTURE + "/";
  private static final String ETCD_FOLDER = "etcd-v3.6.8-linux-" + ARCHITECTURE;

  /** Answers as Go 1.26 does; a build notes itself and writes its output. */
  private static final String GO =
      """
      #!/bin/sh
      case $1 in
        version) echo go version go1.26.8 linux/amd64 ;;
        build) echo "$GOCACHE" >>"$BUILDS"; printf '#!/bin/sh\\necho built\\n' >"$5"; chmod +x "$5" ;;
      esac
      """;

  @TempDir private Path directory;
  private ReleaseSite site;
  private final ChildProcesses children = ChildProcesses.open(new SystemTime());
  private final List<String> lines = new CopyOnWriteArrayList<>();

  @BeforeEach
  void startSite() throws IOException {
    site = new ReleaseSite();
  }

  @AfterEach
  void stopAll() {
    site.close();
    children.close();
  }

  @Test
  void namedFolderIsUsedAndNothingElseIsAsked() throws Exception {
    publishAll();
    Path named = folderWith("kube-apiserver", "kube-controller-manager", "kubectl", "etcd");

    ClusterBinaries found = obtain(options().withFolder(named));

    assertThat(found.path(ClusterBinary.ETCD)).isEqualTo(named.resolve("etcd"));
    assertThat(site.asked()).isEmpty();
    assertThat(cache()).doesNotExist();
  }

  @Test
  void namedFolderThatLacksOneIsRefusedAndNothingElseIsTried() throws Exception {
    publishAll();
    Path named = folderWith("kube-apiserver", "kube-controller-manager", "kubectl");

    assertThatThrownBy(() -> obtain(options().withFolder(named)))
        .isInstanceOf(BinariesUnavailableException.class)
        .hasMessageContaining("etcd");
    assertThat(site.asked()).isEmpty();
  }

  @Test
  void namedFolderWhoseExecutableDoesNotRunIsRefused() throws Exception {
    Path named = folderWith("kube-apiserver", "kube-controller-manager", "kubectl", "etcd");
    executable(named.resolve("etcd"), "#!/bin/sh\nexit 1\n");

    assertThatThrownBy(() -> obtain(options().withFolder(named)))
        .isInstanceOf(BinariesUnavailableException.class);
  }

  @Test
  void officialReleaseIsDownloadedOnceAndCached() throws Exception {
    publishAll();

    ClusterBinaries first = obtain(options());
    int requests = site.asked().size();
    ClusterBinaries second = obtain(options());

    assertThat(first.path(ClusterBinary.KUBECTL)).isExecutable().content().isEqualTo(RUNS);
    assertThat(first.path(ClusterBinary.ETCD)).isExecutable().content().isEqualTo(RUNS);
    assertThat(second).isEqualTo(first);
    assertThat(site.asked()).hasSize(requests);
    assertThat(namesIn(cache()))
        .containsExactlyInAnyOrder(Recipe.load(BinarySet.CONTROL_PLANE).key(), "lock");
    assertThat(namesIn(filled())).hasSize(4);
  }

  @Test
  void downloadWithAnotherChecksumIsRefusedAndLeavesNothing() throws Exception {
    publishAll();
    site.publish(KUBERNETES + "kubectl", RUNS + "# altered\n");

    assertThatThrownBy(() -> obtain(withoutGo()))
        .isInstanceOf(BinariesUnavailableException.class)
        .hasMessageContaining("SHA-256");
    assertThat(namesIn(cache())).containsExactly("lock");
  }

  @Test
  void downloadWhoseChecksumIsNotPublishedIsRefused() throws Exception {
    publishAll();
    site.withdraw(KUBERNETES + "kube-apiserver.sha256");

    assertThatThrownBy(() -> obtain(withoutGo())).isInstanceOf(BinariesUnavailableException.class);
  }

  @Test
  void archiveThatIsNotInTheChecksumsIsRefused() throws Exception {
    publishAll();
    site.publish("/v3.6.8/SHA256SUMS", "0".repeat(64) + "  another.tar.gz\n");

    assertThatThrownBy(() -> obtain(withoutGo())).isInstanceOf(BinariesUnavailableException.class);
  }

  @Test
  void failedDownloadFallsToTheBuildWithOneLine() throws Exception {
    ClusterBinaries built = obtain(options());

    assertThat(built.path(ClusterBinary.KUBE_APISERVER)).content().contains("built");
    assertThat(lines).filteredOn(line -> line.contains("not possible")).hasSize(1);
    assertThat(Files.readAllLines(builds())).hasSize(4);
  }

  @Test
  void failedBuildLeavesNoHalfOfACache() throws Exception {
    executable(
        directory.resolve("path/go"),
        GO.replace("echo \"$GOCACHE\"", "[ ! -e $BUILDS ] || exit 9; echo x")
            .replace("$BUILDS", builds().toString()));

    assertThatThrownBy(() -> obtain(options())).isInstanceOf(BinariesUnavailableException.class);

    assertThat(builds()).exists();
    assertThat(namesIn(cache())).containsExactlyInAnyOrder("lock", "go-build.log");
  }

  @Test
  void leftoversOfAKilledRunAreRemoved() throws Exception {
    Path leftover = cache().resolve("0123456789abcdef.unfinished-1");
    Files.createDirectories(leftover.resolve("work"));
    Files.writeString(leftover.resolve("kubectl"), RUNS);

    obtain(options());

    assertThat(leftover).doesNotExist();
  }

  @Test
  void cachedFolderThatLostAFileIsMadeAgain() throws Exception {
    ClusterBinaries first = obtain(options());
    Files.delete(first.path(ClusterBinary.KUBECTL));

    ClusterBinaries second = obtain(options());

    assertThat(second.path(ClusterBinary.KUBECTL)).isExecutable();
  }

  @Test
  void twoAtOnceBuildOnce() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<ClusterBinaries> run = () -> obtain(options());
      List<Future<ClusterBinaries>> both = threads.invokeAll(List.of(run, run));

      assertThat(both.get(0).get()).isEqualTo(both.get(1).get());
    }
    assertThat(Files.readAllLines(builds())).hasSize(4);
  }

  @Test
  void buildDropsItsOwnCachesUnlessAskedToKeepThem() throws Exception {
    Files.createDirectories(cache().resolve("gocache"));
    Files.createDirectories(cache().resolve("gomod"));

    obtain(options("KEYGATE_KEEP_GOCACHE", "1"));
    assertThat(cache().resolve("gocache")).exists();

    FileTree.delete(cache().resolve(Recipe.load(BinarySet.CONTROL_PLANE).key()));
    obtain(options());
    assertThat(cache().resolve("gocache")).doesNotExist();
    assertThat(cache().resolve("gomod")).doesNotExist();
  }

  @Test
  void buildKeepsTheUsersOwnCaches() throws Exception {
    Path own = Files.createDirectories(directory.resolve("own"));

    obtain(options("GOCACHE", own.toString()));

    assertThat(own).exists();
    assertThat(Files.readAllLines(builds())).containsOnly(own.toString());
  }

  @Test
  void saysWhatWasTriedWhenNoWayIsOpen() throws Exception {
    executable(directory.resolve("path/go"), "#!/bin/sh\necho go version go1.24.1 linux/amd64\n");

    assertThatThrownBy(() -> obtain(options()))
        .isInstanceOf(BinariesUnavailableException.class)
        .hasMessageContaining("KEYGATE_K8S_BIN")
        .hasMessageContaining("status 404")
        .hasMessageContaining("1.24.1");
  }

  @Test
  void etcdOfTheArchiveIsTheOneThatIsUnpacked() throws Exception {
    publishAll();

    obtain(options());

    assertThat(namesIn(filled()))
        .containsExactlyInAnyOrder("kube-apiserver", "kube-controller-manager", "kubectl", "etcd");
  }

  @Test
  void nodesAreBuiltAndTheControlPlaneIsDownloaded() throws Exception {
    publishAll();
    compiler("exit 0", "exit 0");

    ClusterBinaries found = obtainWithNode(options());

    assertThat(found.path(ClusterBinary.KUBECTL)).content().isEqualTo(RUNS);
    assertThat(found.path(ClusterBinary.CNI_BRIDGE)).isExecutable().content().contains("built");
    assertThat(found.path(ClusterBinary.KUBELET).getParent())
        .isNotEqualTo(found.path(ClusterBinary.KUBECTL).getParent());
    assertThat(Files.readAllLines(builds())).hasSize(14);
  }

  @Test
  void whatBothSetsNeedIsKeptUntilBothAreBuilt() throws Exception {
    compiler("exit 0", "exit 0");
    executable(
        directory.resolve("path/go"),
        GO.replace("echo \"$GOCACHE\"", "mkdir -p $GOCACHE; ls $GOCACHE; touch $GOCACHE/$$; echo")
            .replace("$BUILDS", builds().toString()));

    obtainWithNode(options());

    assertThat(Files.readAllLines(builds()).getLast()).isBlank();
    assertThat(cache().resolve("gocache")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({"exit 1, exit 0", "exit 0, exit 1"})
  void nodesAreNotBuiltWithoutWhatRuncTakes(String gcc, String pkgConfig) throws Exception {
    publishAll();
    compiler(gcc, pkgConfig);

    assertThatThrownBy(() -> obtainWithNode(options()))
        .isInstanceOf(BinariesUnavailableException.class)
        .hasMessageContaining("libseccomp-dev");
    assertThatThrownBy(() -> ClusterBinaries.requireNodeWithinReach(options(), children))
        .isInstanceOf(IOException.class);
    assertThat(builds()).doesNotExist();
  }

  @Test
  void controlPlaneAloneKnowsNoKubelet() throws Exception {
    publishAll();

    ClusterBinaries found = obtain(options());

    assertThatThrownBy(() -> found.path(ClusterBinary.KUBELET))
        .isInstanceOf(IllegalStateException.class);
    assertThat(builds()).doesNotExist();
  }

  @Test
  void namedFolderWithoutANodeIsRefusedForNodesAlone() throws Exception {
    Path named = folderWith("kube-apiserver", "kube-controller-manager", "kubectl", "etcd");

    assertThat(obtain(options().withFolder(named)).path(ClusterBinary.ETCD)).exists();
    assertThatThrownBy(() -> obtainWithNode(options().withFolder(named)))
        .isInstanceOf(BinariesUnavailableException.class)
        .hasMessageContaining("cni/portmap");
  }

  @Test
  void nodesAreWithinReachOnceBuilt() throws Exception {
    publishAll();
    compiler("exit 0", "exit 0");
    obtainWithNode(options());
    compiler("exit 1", "exit 1");

    ClusterBinaries.requireNodeWithinReach(options(), children);

    assertThat(Files.readAllLines(builds())).hasSize(14);
  }

  private ClusterBinaries obtainWithNode(BinaryOptions options) throws Exception {
    return ClusterBinaries.obtainWithNode(options, children, lines::add);
  }

  private void compiler(String gcc, String pkgConfig) throws IOException {
    executable(directory.resolve("path/gcc"), "#!/bin/sh\n" + gcc + "\n");
    executable(directory.resolve("path/pkg-config"), "#!/bin/sh\n" + pkgConfig + "\n");
  }

  private ClusterBinaries obtain(BinaryOptions options) throws Exception {
    return ClusterBinaries.obtain(options, children, lines::add);
  }

  private BinaryOptions options() throws IOException {
    return options("UNUSED", "");
  }

  private BinaryOptions options(String variable, String value) throws IOException {
    Path go = directory.resolve("path/go");
    if (!Files.exists(go)) {
      executable(go, GO.replace("$BUILDS", builds().toString()));
    }
    return new BinaryOptions(
        Optional.empty(),
        cache(),
        site.sites(),
        Map.of("PATH", directory.resolve("path").toString(), variable, value));
  }

  private BinaryOptions withoutGo() throws IOException {
    executable(directory.resolve("path/go"), "#!/bin/sh\nexit 1\n");
    return options();
  }

  private Path cache() {
    return directory.resolve("cache");
  }

  private Path filled() {
    return cache().resolve(Recipe.load(BinarySet.CONTROL_PLANE).key());
  }

  private Path builds() {
    return directory.resolve("builds");
  }

  private void publishAll() throws Exception {
    for (String name : List.of("kube-apiserver", "kube-controller-manager", "kubectl")) {
      site.publish(KUBERNETES + name, RUNS);
      site.publish(KUBERNETES + name + ".sha256", sha256(RUNS.getBytes(UTF_8)));
    }
    byte[] archive = etcdArchive();
    site.publish("/v3.6.8/" + ETCD_FOLDER + ".tar.gz", archive);
    site.publish(
        "/v3.6.8/SHA256SUMS",
        "0".repeat(64) + "  other.zip\n" + sha256(archive) + "  " + ETCD_FOLDER + ".tar.gz\n");
  }

  private byte[] etcdArchive() throws Exception {
    Path root = Files.createDirectories(directory.resolve("archive"));
    executable(root.resolve(ETCD_FOLDER).resolve("etcd"), RUNS);
    Files.writeString(root.resolve(ETCD_FOLDER).resolve("README.md"), "etcd");
    Path archive = directory.resolve("etcd.tar.gz");
    CommandResult packed =
        children.run(
            List.of("tar", "-czf", archive.toString(), "-C", root.toString(), ETCD_FOLDER),
            Map.of(),
            "",
            Duration.ofMinutes(1));
    assertThat(packed.isSuccess()).isTrue();
    return Files.readAllBytes(archive);
  }

  private Path folderWith(String... names) throws IOException {
    Path folder = directory.resolve("named");
    for (String name : names) {
      executable(folder.resolve(name), RUNS);
    }
    return folder;
  }

  private static void executable(Path file, String script) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static List<String> namesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
