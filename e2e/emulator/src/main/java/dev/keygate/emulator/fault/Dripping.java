package dev.keygate.emulator.fault;

import dev.keygate.emulator.net.Delivery;
import dev.keygate.time.TimeSource;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;

/**
 * Sends the head at once and the body slowly.
 *
 * @param bytes how many at a time
 * @param pause before each
 */
record Dripping(int bytes, Duration pause, TimeSource time) implements Delivery {

  @Override
  public void deliver(byte[] head, byte[] body, Wire wire) throws IOException {
    wire.out().write(head);
    wire.out().flush();
    for (int offset = 0; offset < body.length; offset += bytes) {
      await();
      wire.out().write(body, offset, Math.min(bytes, body.length - offset));
      wire.out().flush();
    }
  }

  private void await() throws IOException {
    try {
      time.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the lab is ending");
    }
  }
}
