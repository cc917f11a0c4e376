package dev.keygate.emulator.net;

import java.io.IOException;
import java.net.InetSocketAddress;

/** A service on plain HTTP at a port of its own on 127.0.0.1, such as a machine's IMDS. */
public final class PlainHttp implements AutoCloseable {

  private final LoopbackListener listener;

  private PlainHttp(LoopbackListener listener) {
    this.listener = listener;
  }

  /**
   * Begins to serve.
   *
   * @param port 0 for any free one
   * @throws IOException if the port is taken
   */
  public static PlainHttp serve(int port, HttpService service) throws IOException {
    LoopbackListener listener = LoopbackListener.bind(port);
    listener.serve(socket -> new HttpConnection(socket, service).serve());
    return new PlainHttp(listener);
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return listener.address();
  }

  /** The base address, without a slash at its end. */
  public String url() {
    return "http://127.0.0.1:" + address().getPort();
  }

  @Override
  public void close() {
    listener.close();
  }
}
