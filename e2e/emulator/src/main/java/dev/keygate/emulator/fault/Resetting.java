package dev.keygate.emulator.fault;

import dev.keygate.emulator.net.Delivery;
import java.io.IOException;
import java.net.SocketException;

/** Sends nothing and resets the TCP connection. */
record Resetting() implements Delivery {

  @Override
  public void deliver(byte[] head, byte[] body, Wire wire) throws IOException {
    // With no time to linger, closing sends RST; below TLS, which would say goodbye first.
    wire.socket().setSoLinger(true, 0);
    wire.socket().close();
    throw new SocketException("a connection was reset, as the lab was told");
  }
}
