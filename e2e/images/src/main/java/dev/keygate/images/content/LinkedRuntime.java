package dev.keygate.images.content;

import dev.keygate.cluster.process.ChildProcesses;
import dev.keygate.cluster.process.CommandResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The Java runtime of both images: the modules that they need out of the JDK that runs this. One
 * for both, so that a node stores it once.
 *
 * @param home the folder it is in
 * @param version of the JDK that it comes from
 */
public record LinkedRuntime(Path home, String version) {

  /**
   * Each for a reason; the libraries mention more (java.sql, java.desktop, java.xml), which they
   * try and do without.
   */
  static final List<String> MODULES =
      List.of(
          "java.base",
          // The log manager's base classes; Netty's and Vert.x's fallback.
          "java.logging",
          // Threads and memory for metrics and for thread pools.
          "java.management",
          // Names in certificates, as Vert.x reads them.
          "java.naming",
          // The clients of Azure's services.
          "java.net.http",
          // Micrometer's figures of the process.
          "jdk.management",
          // sun.misc.Unsafe and Signal, for Netty, JCTools and Quarkus's end on SIGTERM.
          "jdk.unsupported");

  /** Of no use to a server, or a program that an intruder could run. */
  private static final Set<String> LEFT_OUT =
      Set.of("lib/jexec", "lib/jspawnhelper", "lib/jrt-fs.jar", "lib/classlist");

  private static final String LAUNCHER = "bin/java";

  /** Raised when what is done to the linked runtime changes. */
  private static final String REVISION = "2";

  private static final Duration WITHIN = Duration.ofMinutes(2);

  /**
   * Links it, unless the folder has it from this JDK already.
   *
   * @param work keeps it
   * @throws IOException if jlink fails; quotes it
   */
  public static LinkedRuntime obtain(Path work, ChildProcesses children)
      throws IOException, InterruptedException {
    Path jdk = Path.of(System.getProperty("java.home", ""));
    Path home = work.resolve("java-" + fingerprint(jdk));
    if (!Files.isExecutable(home.resolve(LAUNCHER))) {
      link(jdk, home, children);
    }
    return new LinkedRuntime(home, Runtime.version().toString());
  }

  /** What goes into the image, at this place. */
  ImageLayer layer(String at) throws IOException {
    return new ImageLayer("runtime", ImageLayer.below(home, at, LinkedRuntime::isWanted));
  }

  private static boolean isWanted(Path relative) {
    String path = relative.toString();
    return path.startsWith("bin/") ? path.equals(LAUNCHER) : !LEFT_OUT.contains(path);
  }

  /** The programs and libraries, for whoever asks which others they need. */
  List<Path> binaries() throws IOException {
    return layer("").entries().stream()
        .map(ImageEntry::source)
        .filter(file -> file.endsWith(LAUNCHER) || file.toString().endsWith(".so"))
        .toList();
  }

  private static void link(Path jdk, Path home, ChildProcesses children)
      throws IOException, InterruptedException {
    Path unfinished = Files.createTempDirectory(home.getParent(), "java-unfinished-");
    Path output = unfinished.resolve("java");
    CommandResult result =
        children.run(
            List.of(
                jdk.resolve("bin").resolve("jlink").toString(),
                "--add-modules=" + String.join(",", MODULES),
                "--strip-debug",
                "--no-header-files",
                "--no-man-pages",
                "--compress=zip-6",
                "--output=" + output),
            Map.of(),
            "",
            WITHIN);
    if (!result.isSuccess()) {
      throw new IOException(
          "jlink of " + jdk + " failed: " + result.firstLine() + "; a whole JDK is needed");
    }
    SecurityProviders.keepOwn(output.resolve("conf").resolve("security").resolve("java.security"));
    FileTree.delete(home);
    Files.move(output, home);
    FileTree.delete(unfinished);
  }

  private static String fingerprint(Path jdk) throws IOException {
    MessageDigest digest = Sha256.begin();
    digest.update(Sha256.of(jdk.resolve("release")));
    digest.update(Sha256.of(jdk.resolve("lib").resolve("server").resolve("libjvm.so")));
    digest.update((REVISION + String.join(",", MODULES)).getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest.digest(), 0, 8);
  }
}
