package dev.keygate.cluster;

import dev.keygate.cluster.process.CommandPrefix;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a control plane runs and from where it is asked.
 *
 * @param address on which the API server listens
 * @param processes brings its parts to where they run
 * @param clients brings kubectl to where it reaches the API server
 * @param apiServerArguments what the API server is told beside what every one is
 */
record ControlPlaneSite(
    String address,
    ControlPlanePorts ports,
    CommandPrefix processes,
    CommandPrefix clients,
    List<String> apiServerArguments) {

  /** The names under which every API server is asked for, whatever its address. */
  private static final List<String> NAMES =
      List.of("127.0.0.1", "localhost", "kubernetes.default.svc", "10.96.0.1");

  ControlPlaneSite {
    apiServerArguments = List.copyOf(apiServerArguments);
  }

  /** On this machine, for clients on this machine. */
  static ControlPlaneSite loopback(ControlPlanePorts ports) {
    return new ControlPlaneSite(
        "127.0.0.1",
        ports,
        CommandPrefix.none(),
        CommandPrefix.none(),
        // Endpoints on a loopback address are refused.
        List.of("--endpoint-reconciler-type=none"));
  }

  /** The names of a server with this address. */
  static List<String> serverNames(String address) {
    return NAMES.contains(address)
        ? NAMES
        : Stream.concat(NAMES.stream(), Stream.of(address)).toList();
  }

  /** The issuer of ServiceAccount tokens too, so that whoever trusts the authority can reach it. */
  String serverAddress() {
    return "https://" + address + ":" + ports.apiServer();
  }
}
