package dev.keygate.cluster.binaries;

import java.io.IOException;

/** No way to the executables is open; the message says what was tried and what to do. */
public final class BinariesUnavailableException extends IOException {

  private static final long serialVersionUID = 1L;

  BinariesUnavailableException(String message) {
    super(message);
  }

  BinariesUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
