package dev.keygate.emulator.fault;

import dev.keygate.emulator.net.Delivery;
import java.io.EOFException;
import java.io.IOException;

/**
 * Promises the whole body and ends the connection early.
 *
 * @param bytes how many of the body are sent
 */
record Truncating(int bytes) implements Delivery {

  @Override
  public void deliver(byte[] head, byte[] body, Wire wire) throws IOException {
    wire.out().write(head);
    wire.out().write(body, 0, Math.min(bytes, body.length));
    wire.out().flush();
    throw new EOFException("an answer was truncated, as the lab was told");
  }
}
