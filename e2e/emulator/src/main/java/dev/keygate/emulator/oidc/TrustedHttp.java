package dev.keygate.emulator.oidc;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** HTTP clients that trust exactly the roots they are given and follow no redirect. */
public final class TrustedHttp {

  private static final Duration CONNECT = Duration.ofSeconds(3);

  private TrustedHttp() {}

  /**
   * A client that goes straight to its server.
   *
   * @param rootsPem one or more certificates
   * @throws GeneralSecurityException if the text holds no certificate
   */
  public static HttpClient direct(String rootsPem) throws GeneralSecurityException {
    return builder(rootsPem).proxy(HttpClient.Builder.NO_PROXY).build();
  }

  /**
   * A client that goes through a proxy.
   *
   * @param rootsPem one or more certificates
   * @throws GeneralSecurityException if the text holds no certificate
   */
  public static HttpClient through(InetSocketAddress proxy, String rootsPem)
      throws GeneralSecurityException {
    return builder(rootsPem).proxy(ProxySelector.of(proxy)).build();
  }

  private static HttpClient.Builder builder(String rootsPem) throws GeneralSecurityException {
    return HttpClient.newBuilder()
        .connectTimeout(CONNECT)
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .sslContext(trusting(rootsPem));
  }

  private static SSLContext trusting(String rootsPem) throws GeneralSecurityException {
    Collection<? extends Certificate> roots =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(rootsPem.getBytes(US_ASCII)));
    if (roots.isEmpty()) {
      throw new GeneralSecurityException("the text holds no certificate in PEM");
    }
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    try {
      store.load(null, null);
    } catch (IOException e) {
      throw new IllegalStateException("an empty key store cannot fail to load", e);
    }
    int index = 0;
    for (Certificate root : roots) {
      store.setCertificateEntry("root-" + index++, root);
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(null, trust.getTrustManagers(), null);
    return tls;
  }
}
