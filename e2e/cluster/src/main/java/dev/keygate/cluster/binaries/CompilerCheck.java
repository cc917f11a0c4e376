package dev.keygate.cluster.binaries;

import dev.keygate.cluster.process.ChildProcesses;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Whether what runc takes beside Go is installed: asked before a build that takes minutes. */
final class CompilerCheck {

  private static final Duration WITHIN = Duration.ofSeconds(30);
  private static final List<List<String>> COMMANDS =
      List.of(
          List.of("gcc", "--version"),
          List.of("pkg-config", "--exists", "libseccomp"),
          // The C library's own headers come in a package of their own.
          List.of("sh", "-c", "echo '#include <stdio.h>' | gcc -E - -o /dev/null"));

  private CompilerCheck() {}

  /**
   * Does nothing if all is there.
   *
   * @throws IOException naming the first command that fails and the packages to install
   */
  static void require(ChildProcesses children) throws IOException, InterruptedException {
    for (List<String> command : COMMANDS) {
      if (!children.run(command, Map.of(), "", WITHIN).isSuccess()) {
        throw new IOException(
            "runc is built with a C compiler and libseccomp, and `"
                + String.join(" ", command)
                + "` fails; install gcc libc6-dev libseccomp-dev pkg-config");
      }
    }
  }
}
