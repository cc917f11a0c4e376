package dev.keygate.operator.config;

import dev.keygate.failure.RefusedException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lab in place of Azure. Exists only where the settings name the lab's trust roots.
 *
 * @param tlsRoots the certificate authority of the lab's TLS endpoints, PEM
 * @param proxy the CONNECT proxy that answers for Azure's host names
 * @param clockRate how many seconds pass for its vaults in one of ours
 */
public record LabSettings(Path tlsRoots, InetSocketAddress proxy, int clockRate) {

  private static final String TRUST_ROOTS = "keygate.lab.trust-roots";
  private static final String PROXY = "keygate.lab.proxy";
  private static final String CLOCK_RATE = "keygate.lab.clock-rate";

  /** A literal address, so that nothing is looked up on the way to it. */
  private static final Pattern ADDRESS_AND_PORT =
      Pattern.compile("([0-9]{1,3}(?:\\.[0-9]{1,3}){3}|\\[[0-9a-fA-F:]{2,45}]):([0-9]{1,5})");

  static Optional<LabSettings> from(OperatorSettings.Lab written) throws RefusedException {
    Optional<String> folder = written.trustRoots().filter(text -> !text.isBlank());
    Optional<String> proxy = written.proxy().filter(text -> !text.isBlank());
    int rate = parseRate(written.clockRate().strip());
    if (folder.isEmpty()) {
      if (rate != 1) {
        throw Refusal.of(CLOCK_RATE, "is void without " + TRUST_ROOTS + ": set both, or neither");
      }
      if (proxy.isPresent()) {
        throw Refusal.of(PROXY, "is void without " + TRUST_ROOTS + ": set both, or neither");
      }
      return Optional.empty();
    }
    return Optional.of(new LabSettings(tlsRoots(folder.get()), parseProxy(proxy.orElse("")), rate));
  }

  private static int parseRate(String text) throws RefusedException {
    if (text.matches("[1-9][0-9]{0,2}")) {
      return Integer.parseInt(text);
    }
    throw Refusal.of(CLOCK_RATE, "is a number from 1 to 999; found '" + text + "'");
  }

  private static Path tlsRoots(String folder) throws RefusedException {
    try {
      Path root = Path.of(folder).resolve("tls-root.pem");
      if (Files.isReadable(root)) {
        return root;
      }
    } catch (InvalidPathException e) {
      // Said below, like a folder that is not there.
    }
    throw Refusal.of(
        TRUST_ROOTS, "is a folder with a readable tls-root.pem; found '" + folder + "'");
  }

  private static InetSocketAddress parseProxy(String text) throws RefusedException {
    Matcher matcher = ADDRESS_AND_PORT.matcher(text.strip());
    if (matcher.matches()) {
      int port = Integer.parseInt(matcher.group(2));
      if (port >= 1 && port <= 65535) {
        return new InetSocketAddress(matcher.group(1), port);
      }
    }
    throw Refusal.of(
        PROXY,
        "is <literal address>:<port> where " + TRUST_ROOTS + " is set; found '" + text + "'");
  }
}
