package dev.keygate.cluster.binaries;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** A release site, a cache, a Go and a C compiler of a test's own, and who obtains executables. */
final class BinariesWorld implements AutoCloseable {

  static final String RUNS = "#!/bin/sh\necho version 1\n";
  private static final String ARCHITECTURE =
      System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
  static final String KUBERNETES = "/v1.36.3/bin/linux/" + ARCHITECTURE + "/";
  private static final String ETCD_FOLDER = "etcd-v3.6.8-linux-" + ARCHITECTURE;

  /** Answers as Go 1.26 does; a build notes itself and writes its output. */
  static final String GO =
      """
      #!/bin/sh
      case $1 in
        version) echo go version go1.26.8 linux/amd64 ;;
        build) echo "$GOCACHE" >>"$BUILDS"; printf '#!/bin/sh\\necho built\\n' >"$5"; chmod +x "$5" ;;
      esac
      """;

  private final Path directory;
  private final ReleaseSite site = new ReleaseSite();
  private final ChildProcesses children = ChildProcesses.open(new SystemTime());
  private final List<String> lines = new CopyOnWriteArrayList<>();

  BinariesWorld(Path directory) throws IOException {
    this.directory = directory;
  }

  Path directory() {
    return directory;
  }

  ReleaseSite site() {
    return site;
  }

  ChildProcesses children() {
    return children;
  }

  /** What was told of progress. */
  List<String> lines() {
    return lines;
  }

  @Override
  public void close() {
    site.close();
    children.close();
  }

  ClusterBinaries obtainWithNode(BinaryOptions options) throws Exception {
    return ClusterBinaries.obtainWithNode(options, children, lines::add);
  }

  void compiler(String gcc, String pkgConfig) throws IOException {
    executable(directory.resolve("path/gcc"), "#!/bin/sh\n" + gcc + "\n");
    executable(directory.resolve("path/pkg-config"), "#!/bin/sh\n" + pkgConfig + "\n");
  }

  ClusterBinaries obtain(BinaryOptions options) throws Exception {
    return ClusterBinaries.obtain(options, children, lines::add);
  }

  BinaryOptions options() throws IOException {
    return options("UNUSED", "");
  }

  BinaryOptions options(String variable, String value) throws IOException {
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

  BinaryOptions withoutGo() throws IOException {
    executable(directory.resolve("path/go"), "#!/bin/sh\nexit 1\n");
    return options();
  }

  Path cache() {
    return directory.resolve("cache");
  }

  Path filled() {
    return cache().resolve(Recipe.load(BinarySet.CONTROL_PLANE).key());
  }

  Path builds() {
    return directory.resolve("builds");
  }

  void publishAll() throws Exception {
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

  Path folderWith(String... names) throws IOException {
    Path folder = directory.resolve("named");
    for (String name : names) {
      executable(folder.resolve(name), RUNS);
    }
    return folder;
  }

  static void executable(Path file, String script) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  static List<String> namesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
