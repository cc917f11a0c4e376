package dev.keygate.cluster.pki;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.List;
import org.bouncycastle.operator.OperatorCreationException;

/**
 * Every certificate and key of one control plane, as files.
 *
 * @param authority signed all the others
 * @param server of the API server and of etcd
 * @param etcdClient with which the API server reaches etcd
 * @param admin in the group {@code system:masters}; an RSA key, because the fabric8 client reads an
 *     EC one only with settings of its own
 * @param controllerManager in the group {@code system:masters}, so that no role has to exist before
 *     it can start
 * @param tokenSigner the key pair that signs ServiceAccount tokens; the "certificate" is its public
 *     key
 */
public record ClusterPki(
    Credential authority,
    Credential server,
    Credential etcdClient,
    Credential admin,
    Credential controllerManager,
    Credential tokenSigner) {

  /**
   * Makes new keys and writes them.
   *
   * @param names host names and addresses under which API server and etcd are asked for
   */
  public static ClusterPki issue(CertificateAuthority authority, List<String> names)
      throws IOException {
    try {
      KeyPair signer = authority.rsaKeys();
      return new ClusterPki(
          authority.self(),
          authority.server("server", "CN=kube-apiserver", names),
          authority.client("etcd-client", "CN=etcd-client", authority.ecKeys()),
          authority.client("admin", "O=system:masters,CN=admin", authority.rsaKeys()),
          authority.client(
              "controller-manager",
              "O=system:masters,CN=system:kube-controller-manager",
              authority.ecKeys()),
          signer(authority.directory(), signer));
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException("every JDK makes P-256 and RSA keys and signs with them", e);
    }
  }

  private static Credential signer(Path directory, KeyPair keys) throws IOException {
    return new Credential(
        Pem.write(directory.resolve("sa.pub"), "PUBLIC KEY", keys.getPublic().getEncoded()),
        Pem.write(directory.resolve("sa.key"), "PRIVATE KEY", keys.getPrivate().getEncoded()));
  }
}
