package dev.keygate.emulator.net;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * The way to the lab's hosts: an HTTP proxy that understands CONNECT to port 443 of a lab's host
 * and nothing else. The TLS end is in this process, behind the tunnel, with the certificate of the
 * name that the client asks for.
 */
public final class ConnectProxy implements AutoCloseable {

  private final TcpListener listener;

  private ConnectProxy(TcpListener listener) {
    this.listener = listener;
  }

  /**
   * Takes the port; connections wait until {@link #serve} is called.
   *
   * @param address where; port 0 is any free one
   * @throws IOException if the port is taken or the address is none of this network namespace
   */
  public static ConnectProxy bind(InetSocketAddress address) throws IOException {
    return new ConnectProxy(TcpListener.bind(address));
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return listener.address();
  }

  /** Begins to serve these sites. */
  public void serve(Sites sites) {
    SSLContext tls = tls(sites);
    listener.serve(socket -> tunnel(socket, sites, tls));
  }

  // A session that is resumed shows no certificate, so one that is not the usual one gets a
  // context, and with it a memory of sessions, of its own.
  private static SSLContext contextFor(Sites sites, SSLContext usual, String host) {
    Optional<Sites.Site> site = sites.find(host);
    if (site.isEmpty()) {
      return usual;
    }
    TlsIdentity shown = site.get().shown().get();
    return shown.equals(site.get().identity())
        ? usual
        : tls(new Sites().add(host, shown, site.get().service()));
  }

  private static SSLContext tls(Sites sites) {
    try {
      SSLContext tls = SSLContext.getInstance("TLS");
      tls.init(new KeyManager[] {new SniKeys(sites)}, null, null);
      return tls;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM has no TLS", e);
    }
  }

  private static void tunnel(Socket socket, Sites sites, SSLContext tls) throws IOException {
    OutputStream out = socket.getOutputStream();
    Target target = target(socket, sites);
    String refusal = target.refusal();
    if (!refusal.isEmpty()) {
      byte[] body = (refusal + "\n").getBytes(UTF_8);
      String head =
          "HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: "
              + body.length
              + "\r\nConnection: close\r\n\r\n";
      out.write(head.getBytes(US_ASCII));
      out.write(body);
      out.flush();
      return;
    }
    out.write("HTTP/1.1 200 Connection Established\r\n\r\n".getBytes(US_ASCII));
    out.flush();
    SSLContext context = contextFor(sites, tls, target.host());
    try (SSLSocket secured =
        (SSLSocket) context.getSocketFactory().createSocket(socket, null, true)) {
      secured.startHandshake();
      String host = SniKeys.requestedName(secured.getSession());
      Optional<Sites.Site> site = sites.find(host);
      if (site.isPresent()) {
        new HttpConnection(secured, socket, new HostCheck(host, site.get().service())).serve();
      }
    }
  }

  /**
   * What a client wants to be connected to.
   *
   * @param refusal why it is not; empty if it is
   */
  private record Target(String host, String refusal) {}

  private static Target target(Socket socket, Sites sites) throws IOException {
    Optional<HttpRequest> request;
    try {
      request = new RequestReader(socket.getInputStream(), socket.getOutputStream()).next();
    } catch (HttpRefusedException e) {
      return new Target("", "The lab's proxy expects CONNECT host:443: " + e.sentence());
    }
    if (request.isEmpty() || !request.get().method().equals("CONNECT")) {
      return new Target("", "The lab's proxy understands only CONNECT.");
    }
    String target = request.get().path();
    int colon = target.lastIndexOf(':');
    String host = colon < 0 ? target : target.substring(0, colon);
    if (colon < 0 || !target.substring(colon).equals(":443") || sites.find(host).isEmpty()) {
      return new Target(
          host, "The lab has no host at " + target + "; it has " + sites.hosts() + " at port 443.");
    }
    return new Target(host, "");
  }

  @Override
  public void close() {
    listener.close();
  }
}
