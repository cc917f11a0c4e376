package dev.keygate.operator.config;

import dev.keygate.failure.RefusedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lab in place of Azure. Exists only where the settings name the lab's trust roots.
 *
 * @param tlsRoot the certificate authority of the lab's TLS endpoints, PEM
 * @param proxy the CONNECT proxy that answers for Azure's host names
 */
public record LabSettings(Path tlsRoot, Optional<Proxy> proxy) {

  private static final String TRUST_ROOTS = "keygate.lab.trust-roots";
  private static final String PROXY = "keygate.lab.proxy";
  private static final Pattern HOST_AND_PORT =
      Pattern.compile("([0-9a-zA-Z.-]{1,253}):([0-9]{1,5})");

  /**
   * Where a CONNECT proxy listens.
   *
   * @param port 1 to 65535
   */
  public record Proxy(String host, int port) {}

  static Optional<LabSettings> from(OperatorSettings.Lab written) throws RefusedException {
    Optional<String> folder = written.trustRoots().filter(text -> !text.isBlank());
    Optional<String> proxy = written.proxy().filter(text -> !text.isBlank());
    if (folder.isEmpty()) {
      if (proxy.isPresent()) {
        throw Refusal.of(PROXY, "is void without " + TRUST_ROOTS + ": set both, or neither");
      }
      return Optional.empty();
    }
    Path root = tlsRoot(folder.get());
    return Optional.of(
        new LabSettings(
            root, proxy.isPresent() ? Optional.of(parseProxy(proxy.get())) : Optional.empty()));
  }

  private static Path tlsRoot(String folder) throws RefusedException {
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

  private static Proxy parseProxy(String text) throws RefusedException {
    Matcher matcher = HOST_AND_PORT.matcher(text.strip());
    if (matcher.matches()) {
      int port = Integer.parseInt(matcher.group(2));
      if (port >= 1 && port <= 65535) {
        return new Proxy(matcher.group(1), port);
      }
    }
    throw Refusal.of(PROXY, "is host:port; found '" + text + "'");
  }
}
