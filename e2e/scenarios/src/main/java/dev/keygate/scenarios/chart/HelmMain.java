package dev.keygate.scenarios.chart;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Helm as a process of its own, for a cluster that this one cannot reach. Ends with 0 when done, 1
 * when helm refuses (its sentence is on stderr), 2 when asked wrongly. Needs {@code
 * --enable-native-access=ALL-UNNAMED}.
 */
@Command(
    name = "helm",
    description = "Installs, upgrades and uninstalls a chart.",
    mixinStandardHelpOptions = true)
public final class HelmMain {

  @Spec private CommandSpec spec = CommandSpec.create();

  @FunctionalInterface
  private interface Action {
    String run() throws HelmException;
  }

  /**
   * Ends the process with the exit code.
   *
   * @param arguments see {@code --help}
   */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new HelmMain());
  }

  @Command(description = "Installs a chart.", mixinStandardHelpOptions = true)
  int install(
      @Parameters(index = "0", paramLabel = "RELEASE") String release,
      @Parameters(index = "1", paramLabel = "CHART") Path chart,
      @CommandLine.Mixin Overrides overrides,
      @CommandLine.Mixin Target target) {
    return tell(() -> target.release(release).install(chart, overrides.values));
  }

  @Command(description = "Upgrades a release.", mixinStandardHelpOptions = true)
  int upgrade(
      @Parameters(index = "0", paramLabel = "RELEASE") String release,
      @Parameters(index = "1", paramLabel = "CHART") Path chart,
      @CommandLine.Mixin Overrides overrides,
      @CommandLine.Mixin Target target) {
    return tell(() -> target.release(release).upgrade(chart, overrides.values));
  }

  @Command(description = "Uninstalls a release.", mixinStandardHelpOptions = true)
  int uninstall(
      @Parameters(paramLabel = "RELEASE") String release, @CommandLine.Mixin Target target) {
    return tell(() -> target.release(release).uninstall());
  }

  private int tell(Action action) {
    CommandLine line = spec.commandLine();
    try {
      line.getOut().println(action.run());
      return CommandLine.ExitCode.OK;
    } catch (HelmException e) {
      line.getErr().println("helm: " + e.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
  }

  /** What counts before the chart's defaults. */
  static final class Overrides {

    @Option(
        names = "--values",
        paramLabel = "FILE",
        description = "May be repeated; a later file counts before an earlier one.")
    private List<Path> values = new ArrayList<>();
  }

  /** What all commands need to know. */
  static final class Target {

    @Option(names = "--namespace", paramLabel = "NAME", required = true)
    private String namespace = "";

    @Option(names = "--kubeconfig", paramLabel = "FILE", required = true)
    private Path kubeconfig = Path.of("");

    @Option(
        names = "--ready-within",
        paramLabel = "SECONDS",
        description = "Wait that long for the objects to be ready; not at all if absent.")
    private long readyWithinSeconds;

    HelmRelease release(String name) {
      return new HelmRelease(
          name,
          namespace,
          kubeconfig,
          Optional.of(Duration.ofSeconds(readyWithinSeconds)).filter(limit -> !limit.isZero()));
    }
  }
}
