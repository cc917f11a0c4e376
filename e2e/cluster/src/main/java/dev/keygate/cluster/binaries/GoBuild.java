package dev.keygate.cluster.binaries;

import dev.keygate.cluster.process.ChildCommand;
import dev.keygate.cluster.process.ChildProcess;
import dev.keygate.cluster.process.ChildProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A build from Go modules. Its own module and build caches hold about 4 GB while it runs; they are
 * kept after a failure, so that the next try goes on where this one stopped, and dropped after a
 * success unless {@code KEYGATE_KEEP_GOCACHE} is set.
 */
final class GoBuild implements BinarySource {

  private static final Duration SAY_EVERY = Duration.ofSeconds(20);
  private static final long NEEDED_BYTES = 5L * 1024 * 1024 * 1024;
  private static final long GIB = 1024L * 1024 * 1024;

  private final BinaryOptions options;
  private final Recipe recipe;
  private final ChildProcesses children;
  private final Progress progress;

  GoBuild(BinaryOptions options, Recipe recipe, ChildProcesses children, Progress progress) {
    this.options = options;
    this.recipe = recipe;
    this.children = children;
    this.progress = progress;
  }

  @Override
  public String name() {
    return "build from Go modules";
  }

  @Override
  public void fill(Path directory) throws IOException, InterruptedException {
    Path go = GoToolchain.find(options, recipe.goMinimum(), children);
    requireSpace();
    Path work = directory.resolve("work");
    recipe.writeModule(work);
    Files.createDirectories(work.resolve("tmp"));
    Files.deleteIfExists(log());
    run("downloading Go modules", work, goList(go));
    for (ClusterBinary binary : ClusterBinary.values()) {
      run("building " + binary.fileName(), work, goBuild(go, binary, directory));
    }
    FileTree.delete(work);
    dropCaches();
  }

  private void run(String what, Path work, List<String> command)
      throws IOException, InterruptedException {
    long start = children.time().nanoTime();
    progress.line(what);
    ChildCommand child = new ChildCommand("go", inFolder(work, command), environment(work), log());
    try (ChildProcess process = children.start(child)) {
      OptionalInt exit = process.awaitExit(SAY_EVERY);
      while (exit.isEmpty()) {
        progress.line(what + ", " + secondsSince(start) + " s so far");
        exit = process.awaitExit(SAY_EVERY);
      }
      if (exit.getAsInt() != 0) {
        String end = String.join(" | ", process.lastLogLines(3));
        throw new IOException(what + " failed (log: " + log() + "): " + end);
      }
    }
    progress.line(what + " took " + secondsSince(start) + " s");
  }

  private long secondsSince(long start) {
    return Duration.ofNanos(children.time().nanoTime() - start).toSeconds();
  }

  private static List<String> goList(Path go) {
    List<String> line =
        new ArrayList<>(List.of(go.toString(), "list", "-deps", "-f", "{{.ImportPath}}"));
    for (ClusterBinary binary : ClusterBinary.values()) {
      line.add(packageOf(binary));
    }
    return line;
  }

  private static String packageOf(ClusterBinary binary) {
    return binary == ClusterBinary.ETCD
        ? "go.etcd.io/etcd/server/v3"
        : "k8s.io/kubernetes/cmd/" + binary.fileName();
  }

  private List<String> goBuild(Path go, ClusterBinary binary, Path directory) {
    return List.of(
        go.toString(),
        "build",
        "-ldflags",
        recipe.linkerFlags(binary),
        "-o",
        directory.resolve(binary.fileName()).toString(),
        packageOf(binary));
  }

  private static List<String> inFolder(Path folder, List<String> command) {
    List<String> line = new ArrayList<>(List.of("env", "--chdir=" + folder));
    line.addAll(command);
    return line;
  }

  private Map<String, String> environment(Path work) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("GOFLAGS", recipe.goFlags());
    variables.put("GOTOOLCHAIN", "local");
    variables.put("GOWORK", "off");
    variables.put("CGO_ENABLED", "0");
    variables.put("GOPATH", work.resolve("gopath").toString());
    variables.put("GOTMPDIR", work.resolve("tmp").toString());
    variables.put("GOMODCACHE", goFolder("GOMODCACHE", "gomod").toString());
    variables.put("GOCACHE", goFolder("GOCACHE", "gocache").toString());
    // Go counts its own use in the user's configuration folder; only its settings are read there.
    options
        .variable("HOME")
        .map(home -> Path.of(home, ".config", "go", "env").toString())
        .ifPresent(file -> variables.put("GOENV", options.variable("GOENV").orElse(file)));
    variables.put("XDG_CONFIG_HOME", work.resolve("config").toString());
    return variables;
  }

  private Path goFolder(String variable, String own) {
    return options.variable(variable).map(Path::of).orElse(options.cache().resolve(own));
  }

  private void requireSpace() throws IOException {
    Files.createDirectories(options.cache());
    boolean warm = Files.exists(goFolder("GOCACHE", "gocache"));
    long usable = Files.getFileStore(options.cache()).getUsableSpace();
    if (!warm && usable < NEEDED_BYTES) {
      throw new IOException(
          "the build needs "
              + NEEDED_BYTES / GIB
              + " GiB in "
              + options.cache()
              + ", where "
              + usable / GIB
              + " GiB are free");
    }
  }

  private void dropCaches() throws IOException {
    if (options.variable("KEYGATE_KEEP_GOCACHE").isEmpty()) {
      FileTree.delete(options.cache().resolve("gocache"));
      FileTree.delete(options.cache().resolve("gomod"));
    }
  }

  private Path log() {
    return options.cache().resolve("go-build.log");
  }
}
