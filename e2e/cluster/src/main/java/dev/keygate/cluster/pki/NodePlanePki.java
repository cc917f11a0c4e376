package dev.keygate.cluster.pki;

import java.io.IOException;
import java.security.GeneralSecurityException;
import org.bouncycastle.operator.OperatorCreationException;

/**
 * What a control plane needs beside its own certificates when it has nodes.
 *
 * @param kubeletClient with which the API server reaches kubelets; in {@code system:masters}, so
 *     that no role has to exist before
 * @param scheduler of kube-scheduler
 * @param proxy of kube-proxy
 */
public record NodePlanePki(Credential kubeletClient, Credential scheduler, Credential proxy) {

  /** Makes new keys and writes them. */
  public static NodePlanePki issue(CertificateAuthority authority) throws IOException {
    try {
      return new NodePlanePki(
          authority.client(
              "kubelet-client",
              "O=system:masters,CN=kube-apiserver-kubelet-client",
              authority.ecKeys()),
          authority.client("scheduler", "CN=system:kube-scheduler", authority.ecKeys()),
          authority.client("proxy", "CN=system:kube-proxy", authority.ecKeys()));
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException("every JDK makes P-256 keys and signs with them", e);
    }
  }
}
