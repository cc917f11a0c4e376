package dev.keygate.sidecar.config;

import dev.keygate.failure.RefusedException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The lab in place of Azure and of a confidential VM.
 *
 * @param tlsRoot the roots of the lab's TLS endpoints and release envelopes, PEM
 * @param amdRoot the root of the lab's hardware, one certificate in PEM
 * @param proxy the CONNECT proxy that answers for Azure's host names
 * @param imds the lab's metadata service
 * @param machine the lab's vTPM, if the machine's own is not to be used
 */
public record LabSettings(
    Path tlsRoot, Path amdRoot, InetSocketAddress proxy, URI imds, LabMachine machine) {

  private static final String PREFIX = "keygate.lab.";
  private static final String TRUST_ROOTS = PREFIX + "trust-roots";

  /**
   * The lab's virtual machine.
   *
   * @param tpm the Unix socket of its vTPM
   * @param eventLog its boot event log
   */
  public record LabMachine(Optional<Path> tpm, Optional<Path> eventLog) {}

  /**
   * Checks what was written.
   *
   * @return empty if there is no lab
   * @throws RefusedException naming the setting; without trust roots every other one is refused
   */
  public static Optional<LabSettings> from(SidecarSettings.Lab written) throws RefusedException {
    Optional<Path> folder = Written.optionalPath(TRUST_ROOTS, written.trustRoots());
    if (folder.isEmpty()) {
      refuseRemnants(written);
      return Optional.empty();
    }
    return Optional.of(
        new LabSettings(
            root(folder.get(), "tls-root.pem"),
            root(folder.get(), "amd-root.pem"),
            proxy(required("proxy", written.proxy())),
            imds(required("imds", written.imds())),
            new LabMachine(
                Written.optionalPath(PREFIX + "tpm", written.tpm()),
                Written.optionalPath(PREFIX + "event-log", written.eventLog()))));
  }

  private static void refuseRemnants(SidecarSettings.Lab written) throws RefusedException {
    boolean hasRemnant =
        Stream.of(written.proxy(), written.imds(), written.tpm(), written.eventLog())
            .anyMatch(remnant -> Written.text(remnant).isPresent());
    if (hasRemnant) {
      throw Refusal.of(
          TRUST_ROOTS, "is missing: without it no other setting of keygate.lab may be set");
    }
  }

  private static Path root(Path folder, String file) throws RefusedException {
    Path root = folder.resolve(file);
    if (!Files.isReadable(root)) {
      throw Refusal.of(TRUST_ROOTS, "a folder with a readable " + file, folder.toString());
    }
    return root;
  }

  private static String required(String name, Optional<String> written) throws RefusedException {
    return Written.text(written)
        .orElseThrow(() -> Refusal.of(PREFIX + name, "is missing: a lab needs it"));
  }

  /** A literal address: no name is looked up on the way to the lab. */
  private static InetSocketAddress proxy(String text) throws RefusedException {
    String key = PREFIX + "proxy";
    int colon = text.lastIndexOf(':');
    if (colon > 0) {
      int port = Written.port(key, text.substring(colon + 1));
      try {
        String address = text.substring(0, colon).replaceFirst("^\\[(.*)]$", "$1");
        return new InetSocketAddress(InetAddress.ofLiteral(address), port);
      } catch (IllegalArgumentException notLiteral) {
        // Said below, like a text without a port.
      }
    }
    throw Refusal.of(key, "a literal address and a port, such as 127.0.0.1:3128", text);
  }

  private static URI imds(String text) throws RefusedException {
    try {
      return new URI(text.replaceFirst("/$", ""));
    } catch (URISyntaxException notUri) {
      throw Refusal.of(PREFIX + "imds", "http://<literal address>[:<port>]", text);
    }
  }
}
