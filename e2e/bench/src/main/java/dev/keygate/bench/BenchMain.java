package dev.keygate.bench;

import dev.keygate.azure.time.SystemTime;
import dev.keygate.bench.cluster.ClusterBenchmark;
import dev.keygate.bench.lab.BareCrypto;
import dev.keygate.bench.lab.LabBenchmark;
import dev.keygate.bench.operator.OperatorBenchmark;
import dev.keygate.bench.sidecar.SidecarBenchmark;
import java.io.PrintWriter;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs benchmarks and prints their figures. */
@Command(
    name = "keygate bench",
    description = "Measures speed and memory on this machine.",
    subcommands = CommandLine.HelpCommand.class,
    mixinStandardHelpOptions = true)
public final class BenchMain implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  /**
   * Ends the process with the exit code.
   *
   * @param arguments see {@code --help}
   */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new BenchMain()).execute(arguments));
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getOut());
    return CommandLine.ExitCode.USAGE;
  }

  @Command(
      name = "evidence",
      description = "Parsing and verifying hardware evidence, beside the bare signatures in it.",
      mixinStandardHelpOptions = true)
  int evidence(
      @Option(
              names = "--forks",
              defaultValue = "1",
              description = "JVMs per benchmark (default: ${DEFAULT-VALUE}).")
          int forks)
      throws RunnerException {
    new Runner(
            new OptionsBuilder()
                .include("dev.keygate.bench.evidence")
                .forks(forks)
                .warmupIterations(2)
                .measurementIterations(3)
                .build())
        .run();
    return CommandLine.ExitCode.OK;
  }

  @Command(
      name = "cluster",
      description =
          "Real pods: request to first use of a key, admission, memory through churn. Needs root.",
      mixinStandardHelpOptions = true)
  int cluster(
      @Option(
              names = "--minutes",
              defaultValue = "30",
              description = "How long pods come and go (default: ${DEFAULT-VALUE}; 0: not at all).")
          int minutes)
      throws InterruptedException {
    return ClusterBenchmark.run(Duration.ofMinutes(minutes), spec.commandLine().getOut());
  }

  @Command(
      name = "lab",
      description =
          "The lab: its start, its memory, and its releases beside the bare cryptography in them.",
      mixinStandardHelpOptions = true)
  int lab() throws InterruptedException {
    return LabBenchmark.run(spec.commandLine().getOut());
  }

  @Command(
      name = "sidecar",
      description =
          "The sidecar: a release beside its longest chain of calls, the shipped process, thirty on"
              + " one node, a thousand on one vault.",
      mixinStandardHelpOptions = true)
  int sidecar(
      @Option(
              names = "--only",
              split = ",",
              description =
                  "Beside single releases only these: ${COMPLETION-CANDIDATES} (default: all).")
          @Nullable Set<SidecarBenchmark.Part> only)
      throws InterruptedException {
    Set<SidecarBenchmark.Part> parts =
        only == null ? EnumSet.allOf(SidecarBenchmark.Part.class) : only;
    return SidecarBenchmark.run(parts, spec.commandLine().getOut());
  }

  @Command(
      name = "operator",
      description =
          "The operator: many keys beside what vaults allow and beside a bare client; at rest.",
      mixinStandardHelpOptions = true)
  int operator(
      @Option(
              names = "--keys",
              defaultValue = "10000",
              description = "How many keys, over ten vaults (default: ${DEFAULT-VALUE}).")
          int keys)
      throws InterruptedException {
    if (keys < OperatorBenchmark.FEWEST) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--keys: " + OperatorBenchmark.FEWEST + " or more are expected");
    }
    return OperatorBenchmark.run(keys, spec.commandLine().getOut());
  }

  @Command(
      name = "bare-crypto",
      hidden = true,
      description = "How often this process does what a release cannot do without.")
  int bareCrypto(@Option(names = "--seconds", required = true) int seconds)
      throws GeneralSecurityException, ExecutionException, InterruptedException {
    BareCrypto crypto = new BareCrypto(new SecureRandom(), new SystemTime());
    PrintWriter out = spec.commandLine().getOut();
    out.println(crypto.rate(Duration.ofSeconds(seconds)));
    out.flush();
    return CommandLine.ExitCode.OK;
  }
}
