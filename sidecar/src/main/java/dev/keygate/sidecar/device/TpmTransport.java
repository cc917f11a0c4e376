package dev.keygate.sidecar.device;

import java.io.IOException;

/**
 * One connection to a TPM. Transient objects and sessions live as long as it does. Not safe for use
 * by several threads.
 */
interface TpmTransport extends AutoCloseable {

  /** The kernel's buffer, and the largest command or response of a TPM. */
  int LARGEST_BYTES = 4096;

  /**
   * Sends a whole command and waits for the whole response.
   *
   * @throws IOException if there was none; the connection is of no more use
   */
  byte[] exchange(byte[] command) throws IOException;

  @Override
  void close();
}
