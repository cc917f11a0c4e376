package dev.keygate.emulator.net;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;

/** How an answer's bytes reach the client. Implementations are safe for use by threads. */
@FunctionalInterface
public interface Delivery {

  /** All at once. */
  Delivery WHOLE =
      (head, body, wire) -> {
        byte[] whole = new byte[head.length + body.length];
        System.arraycopy(head, 0, whole, 0, head.length);
        System.arraycopy(body, 0, whole, head.length, body.length);
        wire.out().write(whole);
        wire.out().flush();
      };

  /**
   * Where bytes go.
   *
   * @param out the client's stream, inside TLS if there is any
   * @param socket the TCP connection underneath
   */
  record Wire(OutputStream out, Socket socket) {}

  /**
   * Sends an answer, or less than that.
   *
   * @param head the status line and the headers, with the empty line after them
   * @throws IOException if the connection is of no more use, whoever broke it
   */
  void deliver(byte[] head, byte[] body, Wire wire) throws IOException;
}
