package dev.keygate.images.content;

import dev.keygate.cluster.process.ChildProcesses;
import dev.keygate.cluster.process.CommandResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A base made of this machine: its loader and C library, and the files that tell who is who. */
final class HostLibraries {

  private static final Duration WITHIN = Duration.ofSeconds(30);

  /** {@code libc.so.6 => /lib/libc.so.6 (0x…)}, or the loader's line, which has no arrow. */
  private static final Pattern NEEDED = Pattern.compile("(?:^|=>)\\s*(/\\S+) \\(0x");

  private static final Map<String, String> IDENTITIES =
      Map.of(
          "/etc/passwd",
          "root:x:0:0:root:/:/sbin/nologin\nnonroot:x:65532:65532:nonroot:/:/sbin/nologin\n",
          "/etc/group",
          "root:x:0:\nnonroot:x:65532:\n",
          "/etc/nsswitch.conf",
          "passwd: files\ngroup: files\nhosts: files dns\n");

  private HostLibraries() {}

  /**
   * The layer.
   *
   * @param work receives the files that are written for it
   * @throws IOException if ldd is missing or a library cannot be found
   */
  static ImageLayer layer(LinkedRuntime runtime, Path work, ChildProcesses children)
      throws IOException, InterruptedException {
    List<ImageEntry> entries = new ArrayList<>();
    for (String library : needed(runtime, children)) {
      // The link's own name and the file's content: the loader looks for the name.
      entries.add(new ImageEntry(library, Path.of(library).toRealPath(), ImageEntry.Mode.PROGRAM));
    }
    for (Map.Entry<String, String> file : new TreeMap<>(IDENTITIES).entrySet()) {
      Path written = Files.createDirectories(work).resolve(Path.of(file.getKey()).getFileName());
      Files.writeString(written, file.getValue());
      entries.add(new ImageEntry(file.getKey(), written, ImageEntry.Mode.FILE));
    }
    return new ImageLayer("host-libc", entries);
  }

  private static List<String> needed(LinkedRuntime runtime, ChildProcesses children)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("ldd"));
    runtime.binaries().forEach(file -> command.add(file.toString()));
    CommandResult result = children.run(command, Map.of("LC_ALL", "C"), "", WITHIN);
    Set<String> own =
        runtime.binaries().stream()
            .map(file -> String.valueOf(file.getFileName()))
            .collect(Collectors.toSet());
    List<String> needed = parse(result.stdout(), runtime.home(), own);
    if (needed.isEmpty()) {
      throw new IOException(
          "expected ldd to name the C library of "
              + runtime.home()
              + ", found: "
              + result.firstLine());
    }
    return needed;
  }

  /**
   * What ldd names, without the runtime's own libraries: those find one another once the launcher
   * has loaded the first, which ldd does not know.
   *
   * @throws IOException if one is missing
   */
  static List<String> parse(String text, Path runtime, Set<String> own) throws IOException {
    Set<String> needed = new TreeSet<>();
    for (String line : text.lines().toList()) {
      String name = line.strip().split(" ", 2)[0];
      Matcher found = NEEDED.matcher(line);
      if (line.endsWith("not found") && !own.contains(name)) {
        throw new IOException("a library that the Java runtime needs is missing: " + name);
      }
      if (found.find() && !found.group(1).startsWith(runtime.toString())) {
        needed.add(found.group(1));
      }
    }
    return List.copyOf(needed);
  }
}
