package dev.keygate.cluster.process;

/**
 * What a short command answered.
 *
 * @param exitCode 0 for success; 128 + n where signal n ended it
 * @param stdout decoded as UTF-8
 * @param stderr decoded as UTF-8
 */
public record CommandResult(int exitCode, String stdout, String stderr) {

  /** Whether the exit code is 0. */
  public boolean isSuccess() {
    return exitCode == 0;
  }

  /** The first non-blank line of stderr, else of stdout: what a sentence about a failure quotes. */
  public String firstLine() {
    String text = stderr.isBlank() ? stdout : stderr;
    return text.strip().lines().findFirst().orElse("no output");
  }

  /** Hides the output, which may hold a token. */
  @Override
  public String toString() {
    return "CommandResult[exitCode=" + exitCode + "]";
  }
}
