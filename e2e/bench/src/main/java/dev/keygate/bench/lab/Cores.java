package dev.keygate.bench.lab;

import dev.keygate.cluster.process.ChildProcessException;
import dev.keygate.cluster.process.ChildProcesses;
import dev.keygate.cluster.process.CommandResult;
import dev.keygate.scenarios.story.Surprise;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Which cores are measured, and which load them, as taskset names them. Apart, because a client on
 * a core of the lab would be measured too.
 */
record Cores(String measured, String clients) {

  private static final Duration WITHIN = Duration.ofSeconds(10);

  /** Halves this machine's cores. */
  static Cores split() throws Surprise {
    int all = Runtime.getRuntime().availableProcessors();
    if (all < 2) {
      throw new Surprise("expected two cores, one for the lab and one for its clients");
    }
    int half = all / 2;
    return new Cores("0-" + (half - 1), half + "-" + (all - 1));
  }

  /** Keeps a process and all its threads to these cores. */
  void give(long pid, String cores, ChildProcesses children)
      throws Surprise, ChildProcessException, InterruptedException {
    List<String> command =
        List.of("taskset", "--all-tasks", "--cpu-list", "--pid", cores, Long.toString(pid));
    CommandResult result = children.run(command, Map.of(), "", WITHIN);
    if (!result.isSuccess()) {
      throw new Surprise("taskset: " + result.stderr());
    }
  }

  @Override
  public String toString() {
    return measured + " and " + clients;
  }
}
