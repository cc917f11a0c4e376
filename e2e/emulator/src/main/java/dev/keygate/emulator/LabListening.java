package dev.keygate.emulator;

import dev.keygate.emulator.description.LabDescription;
import dev.keygate.emulator.description.MachineEntry;
import dev.keygate.emulator.net.Literal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where a lab listens. The admin endpoint is always on 127.0.0.1: whoever reaches it is everybody's
 * administrator.
 *
 * @param address the CONNECT proxy's address, such as that of a bridge that pods reach
 * @param proxyPort the CONNECT proxy's port, 0 for any free one
 * @param adminPort the admin endpoint's port, 0 for any free one
 * @param metadata machines' names and where each one's metadata service listens; a machine that is
 *     not named gets any free port of 127.0.0.1
 */
public record LabListening(
    InetAddress address, int proxyPort, int adminPort, Map<String, InetSocketAddress> metadata) {

  /** Any free ports of 127.0.0.1. */
  public static final LabListening ANY_PORTS =
      new LabListening(Literal.loopback(0).getAddress(), 0, 0, Map.of());

  public LabListening {
    metadata = Map.copyOf(metadata);
  }

  /**
   * Refuses metadata services of machines that there are not.
   *
   * @throws IllegalArgumentException naming the machine
   */
  void requireMachinesOf(LabDescription description) {
    var known = description.machines().stream().map(MachineEntry::name).collect(Collectors.toSet());
    for (String machine : metadata.keySet()) {
      if (!known.contains(machine)) {
        throw new IllegalArgumentException(
            "imds: there is no machine '" + machine + "'; the description has " + known);
      }
    }
  }

  InetSocketAddress proxy() {
    return new InetSocketAddress(address, proxyPort);
  }

  InetSocketAddress admin() {
    return Literal.loopback(adminPort);
  }

  InetSocketAddress metadataOf(String machine) {
    InetSocketAddress named = metadata.get(machine);
    return named == null ? Literal.loopback(0) : named;
  }
}
