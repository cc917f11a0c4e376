package dev.keygate.azure.jose;

import dev.keygate.azure.jose.JwsRefusedException.Check;
import java.io.ByteArrayInputStream;
import java.security.InvalidAlgorithmParameterException;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;

/** The certificates of an {@code x5c} header (RFC 7515 §4.1.6), leaf first, not verified yet. */
public final class CertificateChain {

  private static final int LENGTH_LIMIT = 8;
  private static final int CERTIFICATE_LIMIT_CHARS = 16 << 10;
  private static final int INTERMEDIATES_LIMIT = 4;
  private static final int DIGITAL_SIGNATURE = 0;

  private final List<X509Certificate> certificates;

  private CertificateChain(List<X509Certificate> certificates) {
    this.certificates = certificates;
  }

  static CertificateChain parse(List<String> x5c) throws JwsRefusedException {
    if (x5c.isEmpty() || x5c.size() > LENGTH_LIMIT) {
      throw new JwsRefusedException(
          Check.CERTIFICATE,
          "the token does not bring along 1 to " + LENGTH_LIMIT + " certificates");
    }
    List<X509Certificate> certificates = new ArrayList<>();
    for (String entry : x5c) {
      certificates.add(certificate(entry));
    }
    return new CertificateChain(List.copyOf(certificates));
  }

  /** One certificate: standard base64 of DER, nothing after it. */
  static X509Certificate certificate(String base64) throws JwsRefusedException {
    if (base64.length() > CERTIFICATE_LIMIT_CHARS) {
      throw new JwsRefusedException(Check.SIZE, "a certificate is larger than a certificate is");
    }
    try {
      ByteArrayInputStream der = new ByteArrayInputStream(Base64.getDecoder().decode(base64));
      X509Certificate certificate =
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(der);
      if (der.available() > 0) {
        throw new JwsRefusedException(Check.CERTIFICATE, "there is more after a certificate");
      }
      return certificate;
    } catch (IllegalArgumentException | CertificateException malformed) {
      throw new JwsRefusedException(
          Check.CERTIFICATE, "a certificate is not base64 of DER", malformed);
    }
  }

  /**
   * Verifies that the leaf was issued under one of the roots, through the other certificates of the
   * chain where needed, was in force at that time, may sign, and names the host. A root in the
   * chain itself counts for nothing. Revocation is not asked about: the services publish no list
   * that reaches a guest without egress, and their signing certificates live for months.
   *
   * @param host the host name the leaf must name, without port
   * @throws JwsRefusedException with {@code CHAIN}, {@code HOST} or {@code CERTIFICATE}
   */
  public VerifiedCertificate verify(TrustRoots roots, Instant at, String host)
      throws JwsRefusedException {
    X509Certificate leaf = certificates.getFirst();
    if (!(leaf.getPublicKey() instanceof RSAPublicKey key)) {
      throw new JwsRefusedException(Check.CERTIFICATE, "the leaf's key is not an RSA key");
    }
    boolean[] usage = leaf.getKeyUsage();
    if (usage != null && !usage[DIGITAL_SIGNATURE]) {
      throw new JwsRefusedException(Check.CHAIN, "the leaf's key is not for signatures");
    }
    buildPath(leaf, roots, at);
    if (!HostNames.names(leaf, host)) {
      throw new JwsRefusedException(
          Check.HOST, "no subject alternative name of the leaf is " + host);
    }
    return new VerifiedCertificate(leaf, key);
  }

  private void buildPath(X509Certificate leaf, TrustRoots roots, Instant at)
      throws JwsRefusedException {
    try {
      X509CertSelector target = new X509CertSelector();
      target.setCertificate(leaf);
      PKIXBuilderParameters parameters = new PKIXBuilderParameters(roots.anchors(), target);
      parameters.addCertStore(
          CertStore.getInstance("Collection", new CollectionCertStoreParameters(certificates)));
      parameters.setDate(Date.from(at));
      parameters.setRevocationEnabled(false);
      parameters.setMaxPathLength(INTERMEDIATES_LIMIT);
      CertPathBuilder.getInstance("PKIX").build(parameters);
    } catch (CertPathBuilderException noPath) {
      throw new JwsRefusedException(
          Check.CHAIN, "the leaf's chain does not end at a root of ours, in force now", noPath);
    } catch (NoSuchAlgorithmException | InvalidAlgorithmParameterException absent) {
      throw new IllegalStateException("the Java runtime does not validate X.509 paths", absent);
    }
  }
}
