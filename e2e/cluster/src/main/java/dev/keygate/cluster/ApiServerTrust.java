package dev.keygate.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** TLS that believes one authority and nobody else. */
public final class ApiServerTrust {

  private ApiServerTrust() {}

  /**
   * What a client of an API server needs.
   *
   * @param authority the certificate of the cluster's authority, PEM
   * @throws IOException if there is none
   */
  public static SSLContext of(Path authority) throws IOException {
    try (InputStream in = Files.newInputStream(authority)) {
      KeyStore roots = KeyStore.getInstance(KeyStore.getDefaultType());
      roots.load(null, null);
      roots.setCertificateEntry(
          "root", CertificateFactory.getInstance("X.509").generateCertificate(in));
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(roots);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("the authority's certificate cannot be read: " + authority, e);
    }
  }
}
