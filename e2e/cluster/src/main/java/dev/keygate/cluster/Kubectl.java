package dev.keygate.cluster;

import dev.keygate.cluster.process.ChildProcessException;
import dev.keygate.cluster.process.ChildProcesses;
import dev.keygate.cluster.process.CommandPrefix;
import dev.keygate.cluster.process.CommandResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs kubectl against one control plane, as one user. It reads and writes nothing in the home
 * folder. Safe for use by several threads.
 */
public final class Kubectl {

  private static final Duration WITHIN = Duration.ofSeconds(90);

  private final CommandPrefix executable;
  private final Path kubeconfig;
  private final Path cache;
  private final ChildProcesses children;

  /**
   * @param executable with what brings it to where the API server can be reached
   */
  Kubectl(CommandPrefix executable, Path kubeconfig, Path cache, ChildProcesses children) {
    this.executable = executable;
    this.kubeconfig = kubeconfig;
    this.cache = cache;
    this.children = children;
  }

  /** The same with another user's kubeconfig. */
  public Kubectl as(Path otherKubeconfig) {
    return new Kubectl(executable, otherKubeconfig, cache, children);
  }

  /**
   * Runs it to its end; an exit code other than 0 is an answer, not a failure.
   *
   * @throws ChildProcessException if it cannot be started or takes longer than 90 s
   */
  public CommandResult run(String... arguments) throws ChildProcessException, InterruptedException {
    return runWithInput("", arguments);
  }

  /**
   * Runs it to its end with this on its stdin, for {@code apply -f -}.
   *
   * @throws ChildProcessException if it cannot be started or takes longer than 90 s
   */
  public CommandResult runWithInput(String stdin, String... arguments)
      throws ChildProcessException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add("--kubeconfig=" + kubeconfig);
    command.add("--cache-dir=" + cache);
    command.addAll(List.of(arguments));
    return children.run(executable.before(command), Map.of("KUBERC", "off"), stdin, WITHIN);
  }

  /**
   * Runs it and returns its stdout.
   *
   * @throws IOException if the exit code is not 0; quotes the first line of stderr
   */
  public String require(String... arguments) throws IOException, InterruptedException {
    CommandResult result = run(arguments);
    if (!result.isSuccess()) {
      throw new IOException("kubectl " + arguments[0] + ": " + result.firstLine());
    }
    return result.stdout();
  }
}
