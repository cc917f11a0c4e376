package dev.keygate.cluster.binaries;

import java.net.URI;

/**
 * Where the projects publish their releases.
 *
 * @param kubernetes the folder that holds {@code v1.36.3/bin/linux/amd64/kubectl}, without a slash
 *     at its end
 * @param etcd the folder that holds {@code v3.6.8/SHA256SUMS}, without a slash at its end
 */
public record ReleaseSites(URI kubernetes, URI etcd) {

  /** The projects' own sites. */
  public static ReleaseSites official() {
    return new ReleaseSites(
        URI.create("https://dl.k8s.io/release"),
        URI.create("https://github.com/etcd-io/etcd/releases/download"));
  }
}
