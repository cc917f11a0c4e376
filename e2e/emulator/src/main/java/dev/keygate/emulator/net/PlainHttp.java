package dev.keygate.emulator.net;

import java.io.IOException;
import java.net.InetSocketAddress;

/** A service on plain HTTP at an address and port of its own, such as a machine's IMDS. */
public final class PlainHttp implements AutoCloseable {

  private final TcpListener listener;

  private PlainHttp(TcpListener listener) {
    this.listener = listener;
  }

  /**
   * Begins to serve.
   *
   * @param address where; port 0 is any free one
   * @throws IOException if the port is taken or the address is none of this network namespace
   */
  public static PlainHttp serve(InetSocketAddress address, HttpService service) throws IOException {
    TcpListener listener = TcpListener.bind(address);
    listener.serve(socket -> new HttpConnection(socket, service).serve());
    return new PlainHttp(listener);
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return listener.address();
  }

  /** The base address, without a slash at its end. */
  public String url() {
    return "http://" + Literal.of(address());
  }

  @Override
  public void close() {
    listener.close();
  }
}
