package dev.keygate.sidecar;

import dev.keygate.failure.FailureException;
import picocli.CommandLine;

/** Ends a command that failed with one sentence on standard error and the failure's exit status. */
final class FailureSentences implements CommandLine.IExecutionExceptionHandler {

  @Override
  public int handleExecutionException(
      Exception thrown, CommandLine commandLine, CommandLine.ParseResult parsed) throws Exception {
    if (thrown instanceof FailureException failure) {
      commandLine.getErr().println(failure.reason() + ": " + failure.getMessage());
      commandLine.getErr().flush();
      return ExitCode.of(failure.reason()).status();
    }
    if (thrown instanceof InterruptedException) {
      return ExitCode.UNAVAILABLE.status();
    }
    throw thrown;
  }
}
