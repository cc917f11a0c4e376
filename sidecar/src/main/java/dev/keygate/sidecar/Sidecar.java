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
    System.exit(commandLine(TerminationMessage.OF_KUBELET).execute(arguments));
  }

  static CommandLine commandLine(TerminationMessage termination) {
    return new CommandLine(new SidecarCommand())
        .setExecutionExceptionHandler(new FailureSentences(termination))
        .setCaseInsensitiveEnumValuesAllowed(true);
  }
}
