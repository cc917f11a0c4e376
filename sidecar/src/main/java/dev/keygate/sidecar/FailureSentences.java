package dev.keygate.sidecar;

import dev.keygate.failure.FailureException;
import picocli.CommandLine;

/**
 * Ends a command that failed with one sentence, the last line on standard error and the container's
 * termination message, and with the failure's exit status.
 */
final class FailureSentences implements CommandLine.IExecutionExceptionHandler {

  private final TerminationMessage termination;

  FailureSentences(TerminationMessage termination) {
    this.termination = termination;
  }

  @Override
  public int handleExecutionException(
      Exception thrown, CommandLine commandLine, CommandLine.ParseResult parsed) {
    if (thrown instanceof InterruptedException) {
      return ExitCode.UNAVAILABLE.status();
    }
    if (thrown instanceof FailureException failure) {
      say(commandLine, failure.reason() + ": " + failure.getMessage());
      return ExitCode.of(failure.reason()).status();
    }
    thrown.printStackTrace(commandLine.getErr());
    say(
        commandLine,
        "InternalError: The sidecar ended by a defect, "
            + thrown
            + "; please report it with the lines above.");
    return ExitCode.DEFECT.status();
  }

  private void say(CommandLine commandLine, String sentence) {
    commandLine.getErr().println(sentence);
    commandLine.getErr().flush();
    termination.write(sentence);
  }
}
