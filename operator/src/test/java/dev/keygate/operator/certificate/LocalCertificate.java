package dev.keygate.operator.certificate;

import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificates for {@code localhost}; another one whenever it is asked to rotate. */
public final class LocalCertificate implements ServingCertificate {

  private final CertificateMaker maker =
      new CertificateMaker(new SecureRandom(), Set.of("localhost"));
  private final Instant now;
  private volatile Optional<IssuedCertificate> issued = Optional.empty();

  /** None yet. */
  public LocalCertificate(Instant now) {
    this.now = now;
  }

  /** Has another certificate from now on, by another authority. */
  public void rotate() {
    issued = Optional.of(maker.create(List.of(), now));
  }

  /** What a client that trusts the newest authority alone uses. */
  public SSLContext trust() throws Exception {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    store.setCertificateEntry("ca", issued.map(IssuedCertificate::issuer).orElseThrow());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  /** The newest certificate. */
  public X509Certificate newest() {
    return issued.orElseThrow().serving().certificate();
  }

  @Override
  public ServingMaterial obtain() throws CertificateUnavailableException {
    return issued
        .map(IssuedCertificate::serving)
        .orElseThrow(() -> new CertificateUnavailableException("there is none yet"));
  }
}
