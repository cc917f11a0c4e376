package dev.keygate.sidecar;

import dev.keygate.failure.FailureException;
import java.io.PrintWriter;
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
    return end(thrown, commandLine.getErr());
  }

  /** Says why, and returns the exit status. */
  int end(Exception thrown, PrintWriter err) {
    if (thrown instanceof InterruptedException) {
      return ExitCode.UNAVAILABLE.status();
    }
    if (thrown instanceof FailureException failure) {
      say(err, failure.reason() + ": " + failure.getMessage());
      return ExitCode.of(failure.reason()).status();
    }
    thrown.printStackTrace(err);
    say(
        err,
        "InternalError: The sidecar ended by a defect, "
            + thrown
            + "; please report it with the lines above.");
    return ExitCode.DEFECT.status();
  }

  private void say(PrintWriter err, String sentence) {
    err.println(sentence);
    err.flush();
    termination.write(sentence);
  }
}
