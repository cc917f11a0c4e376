package dev.keygate.emulator.net;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A private RSA key and the chain that names its owner.
 *
 * @param key the leaf's key
 * @param chain leaf, intermediate, root
 */
public record TlsIdentity(PrivateKey key, List<X509Certificate> chain) {

  public TlsIdentity {
    chain = List.copyOf(chain);
    if (chain.size() != 3) {
      throw new IllegalArgumentException("a chain is leaf, intermediate and root");
    }
  }

  /** Shows the owner only. */
  @Override
  public String toString() {
    return "TlsIdentity[" + chain.getFirst().getSubjectX500Principal() + "]";
  }
}
