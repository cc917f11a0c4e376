package dev.keygate.bench.lab;

import dev.keygate.cluster.process.ChildCommand;
import dev.keygate.cluster.process.ChildProcess;
import dev.keygate.cluster.process.ChildProcessException;
import dev.keygate.cluster.process.ChildProcesses;
import dev.keygate.cluster.process.CommandPrefix;
import dev.keygate.cluster.process.CommandResult;
import dev.keygate.scenarios.shipped.Artefacts;
import dev.keygate.scenarios.shipped.JavaProcess;
import dev.keygate.scenarios.story.Surprise;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** {@link BareCrypto} in a process of its own, on the cores of the lab while that has no work. */
record BareCryptoProcess(Artefacts artefacts, Path folder, Cores cores, ChildProcesses children) {

  private static final Duration GRACE = Duration.ofSeconds(60);
  private static final Duration LONGER_THAN_ALL = Duration.ofHours(1);

  /** How often it is done. */
  Rate rate(Duration during) throws Surprise, ChildProcessException, InterruptedException {
    List<String> command = command(List.of("taskset", "--cpu-list", cores.measured()), during);
    CommandResult result = children.run(command, Map.of(), "", during.plus(GRACE));
    if (!result.isSuccess()) {
      throw new Surprise("the bare cryptography: " + result.stderr());
    }
    try {
      return Rate.parse(result.firstLine());
    } catch (NumberFormatException e) {
      throw new Surprise("the bare cryptography answered " + result.firstLine(), e);
    }
  }

  /**
   * The same on the clients' cores, behind all others there, until it is closed. Two cores of a
   * virtual machine may share one of the hardware's, so what is measured while the clients rest
   * would be measured on a faster core.
   */
  ChildProcess neighbour() throws Surprise, ChildProcessException {
    List<String> command =
        command(
            List.of("nice", "--adjustment=19", "taskset", "--cpu-list", cores.clients()),
            LONGER_THAN_ALL);
    return children.start(ChildCommand.of("neighbour", command, folder.resolve("neighbour.log")));
  }

  private List<String> command(List<String> prefix, Duration during) throws Surprise {
    return new CommandPrefix(prefix)
        .before(
            JavaProcess.of("bare-crypto", artefacts.bench(), "96m")
                .withArguments(
                    List.of("bare-crypto", "--seconds", Long.toString(during.toSeconds())))
                .command());
  }
}
