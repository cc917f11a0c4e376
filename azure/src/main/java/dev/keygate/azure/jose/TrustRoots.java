package dev.keygate.azure.jose;

import dev.keygate.azure.jose.JwsRefusedException.Check;
import dev.keygate.evidence.bytes.Bytes;
import java.io.ByteArrayInputStream;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The certificates at which a chain may end. What a peer sends never becomes one.
 *
 * @param certificates at least one
 */
public record TrustRoots(List<X509Certificate> certificates) {

  private static final int SIZE_LIMIT_BYTES = 4 << 20;

  /** Copies the list. */
  public TrustRoots {
    certificates = List.copyOf(certificates);
    if (certificates.isEmpty()) {
      throw new IllegalArgumentException("at least one root is needed");
    }
  }

  /**
   * Reads PEM text with one or more certificates.
   *
   * @throws JwsRefusedException if there is none, one cannot be read, or the text has over 4 MiB
   */
  public static TrustRoots parsePem(Bytes pem) throws JwsRefusedException {
    if (pem.size() > SIZE_LIMIT_BYTES) {
      throw new JwsRefusedException(Check.SIZE, "the roots have more than 4 MiB");
    }
    List<X509Certificate> roots = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (Certificate root :
          factory.generateCertificates(new ByteArrayInputStream(pem.toArray()))) {
        roots.add((X509Certificate) root);
      }
    } catch (CertificateException malformed) {
      throw new JwsRefusedException(
          Check.CERTIFICATE, "the roots are not certificates in PEM", malformed);
    }
    if (roots.isEmpty()) {
      throw new JwsRefusedException(Check.CERTIFICATE, "there is no certificate among the roots");
    }
    return new TrustRoots(roots);
  }

  Set<TrustAnchor> anchors() {
    return certificates.stream()
        .map(root -> new TrustAnchor(root, null))
        .collect(Collectors.toUnmodifiableSet());
  }
}
