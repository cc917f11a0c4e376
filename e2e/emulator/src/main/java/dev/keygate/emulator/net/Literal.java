package dev.keygate.emulator.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Literal addresses: no name is ever looked up for the lab's own traffic. */
public final class Literal {

  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
  private static final int MAX_PORT = 65_535;

  private Literal() {}

  /** A port of 127.0.0.1; 0 is any free one. */
  public static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(LOOPBACK, port);
  }

  /**
   * Reads an address that one can be reached at.
   *
   * @throws IllegalArgumentException if the text is a name, or stands for every address: nobody
   *     could be told where to connect
   */
  public static InetAddress address(String text) {
    InetAddress address = literal(text);
    if (address.isAnyLocalAddress()) {
      throw new IllegalArgumentException(
          "one address of this network namespace is expected, such as 10.244.0.1, not " + text);
    }
    return address;
  }

  private static InetAddress literal(String text) {
    try {
      return InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "a literal address is expected, such as 10.244.0.1, not '" + text + "'", e);
    }
  }

  /**
   * Reads {@code address:port}, an IPv6 address in brackets.
   *
   * @throws IllegalArgumentException if it is none, or its address stands for every one
   */
  public static InetSocketAddress endpoint(String text) {
    int colon = text.lastIndexOf(':');
    String port = text.substring(colon + 1);
    if (colon < 1 || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > MAX_PORT) {
      throw new IllegalArgumentException(
          "an address and a port are expected, such as 169.254.169.254:80, not '" + text + "'");
    }
    String host = text.substring(0, colon).replaceFirst("^\\[(.*)]$", "$1");
    return new InetSocketAddress(address(host), Integer.parseInt(port));
  }

  /** The address as a URL's host has it. */
  public static String host(InetAddress address) {
    return address instanceof Inet6Address
        ? "[" + address.getHostAddress() + "]"
        : address.getHostAddress();
  }

  /** Address and port as a URL has them. */
  public static String of(InetSocketAddress address) {
    return host(address.getAddress()) + ":" + address.getPort();
  }
}
