package dev.keygate.sidecar;

import io.quarkus.runtime.annotations.QuarkusMain;
import picocli.CommandLine;

/** Starts the sidecar: the server without arguments, else the command that they name. */
@QuarkusMain
public final class Sidecar {

  private Sidecar() {}

  /**
   * Runs until the command or the server ends, and ends the process with its exit status.
   *
   * @param arguments see {@code --help}
   */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new SidecarCommand())
        .setExecutionExceptionHandler(new FailureSentences())
        .setCaseInsensitiveEnumValuesAllowed(true);
  }
}
