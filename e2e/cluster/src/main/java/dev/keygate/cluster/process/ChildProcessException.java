package dev.keygate.cluster.process;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A child that could not be started, ended too early, or took too long; with the end of its log.
 */
public final class ChildProcessException extends IOException {

  private static final long serialVersionUID = 1L;

  /**
   * A failure that no other failure explains.
   *
   * @param message one sentence, then possibly the last lines of the child's log
   */
  ChildProcessException(String message) {
    super(message);
  }

  ChildProcessException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
