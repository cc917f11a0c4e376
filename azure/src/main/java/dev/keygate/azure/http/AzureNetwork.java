package dev.keygate.azure.http;

import dev.keygate.azure.jose.JwsRefusedException;
import dev.keygate.azure.jose.TrustRoots;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * How the services of Azure are reached.
 *
 * @param tlsRoots the only roots that TLS accepts, and those of release envelopes
 * @param proxies for everything but the instance metadata service, which no proxy may see
 * @param imdsBase the instance metadata service: scheme {@code http}, a literal address, and a port
 *     if it is not 80
 */
public record AzureNetwork(TrustRoots tlsRoots, ProxySelector proxies, URI imdsBase) {

  private static final URI LINK_LOCAL = URI.create("http://169.254.169.254");
  private static final int ROOTS_LIMIT_BYTES = 4 << 20;

  /** Checks the metadata service's address; its name must not need looking up. */
  public AzureNetwork {
    boolean isLiteral =
        imdsBase.getHost() != null && imdsBase.getHost().matches("[0-9.]+|\\[[0-9a-fA-F:]+]");
    if (!"http".equals(imdsBase.getScheme()) || !isLiteral || !imdsBase.getRawPath().isEmpty()) {
      throw new IllegalArgumentException(
          "the metadata service's address is not http://<literal address>[:<port>]");
    }
  }

  /**
   * Azure itself: the roots of the Java runtime, the proxy that {@code HTTPS_PROXY} and {@code
   * NO_PROXY} name, the metadata service at its link-local address.
   *
   * @param environment the process's environment variables
   * @throws RefusedException if {@code HTTPS_PROXY} is not {@code http://host:port}
   */
  public static AzureNetwork publicAzure(Map<String, String> environment) throws RefusedException {
    return new AzureNetwork(SystemRoots.read(), EnvironmentProxy.of(environment), LINK_LOCAL);
  }

  /**
   * A lab that stands in for Azure. TLS then accepts the lab's roots and no others, so that a
   * product pointed at a lab cannot speak with Azure, nor the other way round.
   *
   * @param tlsRoots a PEM file with the lab's roots
   * @param proxy the lab's CONNECT proxy, which leads Azure's host names to the lab
   * @param imdsBase the lab's metadata service
   * @throws RefusedException if the file cannot be read or holds no certificate, or the metadata
   *     service's address is not literal
   */
  public static AzureNetwork lab(Path tlsRoots, InetSocketAddress proxy, URI imdsBase)
      throws RefusedException {
    try {
      if (Files.size(tlsRoots) > ROOTS_LIMIT_BYTES) {
        throw new IOException("the file has more than 4 MiB");
      }
      TrustRoots roots = TrustRoots.parsePem(Bytes.copyOf(Files.readAllBytes(tlsRoots)));
      return new AzureNetwork(roots, ProxySelector.of(proxy), imdsBase);
    } catch (IOException | JwsRefusedException unusable) {
      throw new RefusedException(
          Reason.SettingsInvalid,
          "the lab's TLS roots were expected as PEM certificates in "
              + tlsRoots
              + ": "
              + unusable.getMessage(),
          unusable);
    } catch (IllegalArgumentException notLiteral) {
      throw new RefusedException(
          Reason.SettingsInvalid,
          "the lab's metadata service was expected at http://<literal address>[:<port>], found "
              + Printable.of(imdsBase.toString()),
          notLiteral);
    }
  }
}
