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
import java.util.stream.Collectors;

/** A build from Go modules. */
final class GoBuild implements BinarySource {

  private static final Duration SAY_EVERY = Duration.ofSeconds(20);

  private final BinaryOptions options;
  private final GoCaches caches;
  private final Recipe recipe;
  private final ChildProcesses children;
  private final Progress progress;

  GoBuild(BinaryOptions options, Recipe recipe, ChildProcesses children, Progress progress) {
    this.options = options;
    this.caches = new GoCaches(options);
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
    Path go = requirePossible();
    caches.requireSpace();
    Path work = directory.resolve("work");
    recipe.writeModules(work);
    Files.createDirectories(work.resolve("tmp"));
    Files.deleteIfExists(log());
    for (Map.Entry<String, List<ClusterBinary>> module : byModule().entrySet()) {
      Path folder = work.resolve(module.getKey());
      run(
          "downloading Go modules",
          inFolder(folder, goList(go, module.getValue())),
          environment(work, module.getValue().getFirst()));
      for (ClusterBinary binary : module.getValue()) {
        Files.createDirectories(directory.resolve(binary.fileName()).getParent());
        run(
            "building " + binary.fileName(),
            inFolder(folder, goBuild(go, binary, directory)),
            environment(work, binary));
      }
    }
    FileTree.delete(work);
  }

  /**
   * Looks for what the build takes.
   *
   * @return the {@code go} that it uses
   * @throws IOException naming what is missing
   */
  Path requirePossible() throws IOException, InterruptedException {
    if (recipe.needsCompiler()) {
      CompilerCheck.require(options, children);
    }
    return GoToolchain.find(options, recipe.goMinimum(), children);
  }

  private Map<String, List<ClusterBinary>> byModule() {
    return ClusterBinary.of(recipe.set()).stream()
        .collect(
            Collectors.groupingBy(
                binary -> GoTarget.of(binary).module(),
                LinkedHashMap::new,
                Collectors.toUnmodifiableList()));
  }

  private void run(String what, List<String> command, Map<String, String> variables)
      throws IOException, InterruptedException {
    long start = children.time().nanoTime();
    progress.line(what);
    ChildCommand child = new ChildCommand("go", command, variables, log());
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

  private static List<String> goList(Path go, List<ClusterBinary> binaries) {
    List<String> line =
        new ArrayList<>(List.of(go.toString(), "list", "-deps", "-f", "{{.ImportPath}}"));
    for (ClusterBinary binary : binaries) {
      line.add(GoTarget.of(binary).importPath());
    }
    return line;
  }

  private List<String> goBuild(Path go, ClusterBinary binary, Path directory) {
    return List.of(
        go.toString(),
        "build",
        "-ldflags",
        recipe.linkerFlags(binary),
        "-o",
        directory.resolve(binary.fileName()).toString(),
        GoTarget.of(binary).importPath());
  }

  private static List<String> inFolder(Path folder, List<String> command) {
    List<String> line = new ArrayList<>(List.of("env", "--chdir=" + folder));
    line.addAll(command);
    return line;
  }

  private Map<String, String> environment(Path work, ClusterBinary binary) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("GOFLAGS", recipe.goFlags(binary));
    variables.put("GOTOOLCHAIN", "local");
    variables.put("GOWORK", "off");
    variables.put("CGO_ENABLED", recipe.needsCompiler(binary) ? "1" : "0");
    variables.put("GOPATH", work.resolve("gopath").toString());
    variables.put("GOTMPDIR", work.resolve("tmp").toString());
    variables.put("GOMODCACHE", caches.modules().toString());
    variables.put("GOCACHE", caches.builds().toString());
    // Go counts its own use in the user's configuration folder; only its settings are read there.
    options
        .variable("HOME")
        .map(home -> Path.of(home, ".config", "go", "env").toString())
        .ifPresent(file -> variables.put("GOENV", options.variable("GOENV").orElse(file)));
    variables.put("XDG_CONFIG_HOME", work.resolve("config").toString());
    return variables;
  }

  private Path log() {
    return options.cache().resolve("go-build.log");
  }
}
