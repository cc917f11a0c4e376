package dev.keygate.cluster.binaries;

import dev.keygate.cluster.process.ChildProcesses;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether what runc takes beside Go is installed: asked before a build that takes minutes. */
final class CompilerCheck {

  private static final Duration WITHIN = Duration.ofSeconds(30);

  private CompilerCheck() {}

  /**
   * Does nothing if all is there.
   *
   * @throws IOException naming the first thing that is missing and the packages to install
   */
  static void require(BinaryOptions options, ChildProcesses children)
      throws IOException, InterruptedException {
    // The C library's headers come in a package of their own.
    require(options, children, "#include <stdio.h>\n", List.of("gcc", "-E", "-"));
    require(options, children, "", List.of("pkg-config", "--exists", "libseccomp"));
  }

  private static void require(
      BinaryOptions options, ChildProcesses children, String stdin, List<String> command)
      throws IOException, InterruptedException {
    Optional<Path> executable = options.executable(command.getFirst(), "/usr/bin");
    if (executable.isPresent()) {
      List<String> line = new ArrayList<>(command);
      line.set(0, executable.get().toString());
      if (children.run(line, Map.of(), stdin, WITHIN).isSuccess()) {
        return;
      }
    }
    throw new IOException(
        "runc takes a C compiler and libseccomp, and `"
            + String.join(" ", command)
            + (executable.isPresent() ? "` fails" : "` is not there")
            + "; install gcc libc6-dev libseccomp-dev pkg-config");
  }
}
