package dev.keygate.azure.http;

import dev.keygate.azure.jose.TrustRoots;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** The roots that the Java runtime trusts. */
final class SystemRoots {

  private SystemRoots() {}

  static TrustRoots read() {
    List<X509Certificate> roots = new ArrayList<>();
    for (TrustManager manager : trustManagers()) {
      if (manager instanceof X509TrustManager x509) {
        Collections.addAll(roots, x509.getAcceptedIssuers());
      }
    }
    return new TrustRoots(roots);
  }

  private static TrustManager[] trustManagers() {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      KeyStore ofTheRuntime = null;
      factory.init(ofTheRuntime);
      return factory.getTrustManagers();
    } catch (GeneralSecurityException absent) {
      throw new IllegalStateException("the Java runtime has no trust store", absent);
    }
  }
}
