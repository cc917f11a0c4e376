package dev.keygate.cluster.pki;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import org.bouncycastle.operator.OperatorCreationException;

/**
 * The certificates of one node's kubelet.
 *
 * @param authority signed the others
 * @param client with which it speaks to the API server, as that node and nobody else
 * @param server which it shows to the API server, for logs and exec
 */
public record NodePki(Credential authority, Credential client, Credential server) {

  /**
   * Makes new keys and writes them.
   *
   * @param address under which the API server asks for it
   */
  public static NodePki issue(
      CertificateAuthority authority, Credential self, String node, String address)
      throws IOException {
    String subject = "O=system:nodes,CN=system:node:" + node;
    try {
      return new NodePki(
          self,
          authority.client("kubelet-" + node, subject, authority.ecKeys()),
          authority.server("kubelet-server-" + node, subject, List.of(node, address)));
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException("every JDK makes P-256 keys and signs with them", e);
    }
  }
}
