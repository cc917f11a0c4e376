package dev.keygate.operator.certificate;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A serving certificate with the authority that issued it.
 *
 * @param authorities the issuer first, then former ones that may still be trusted somewhere
 * @param authorityKey the issuer's
 */
record IssuedCertificate(
    ServingMaterial serving, List<X509Certificate> authorities, PrivateKey authorityKey) {

  /**
   * How long a former authority stays trusted: by then every replica has long seen the new
   * certificate, which each looks for every few minutes at least.
   */
  static final Duration OVERLAP = Duration.ofDays(1);

  /** Copies the list. */
  IssuedCertificate {
    authorities = List.copyOf(authorities);
  }

  /**
   * Reads what a Secret holds.
   *
   * @throws CertificateFormatException if a part is not readable or the parts do not belong
   *     together
   */
  static IssuedCertificate parse(SecretTexts texts) throws CertificateFormatException {
    ServingMaterial serving = ServingMaterial.parse(texts.chain(), texts.key());
    List<X509Certificate> authorities = PemText.certificates("ca.crt", texts.authorities());
    PrivateKey authorityKey = PemText.privateKey("ca.key", texts.authorityKey());
    X509Certificate issuer = authorities.getFirst();
    if (!ServingMaterial.belongTogether(authorityKey, issuer.getPublicKey())) {
      throw new CertificateFormatException("ca.key is not the key of ca.crt", null);
    }
    try {
      serving.certificate().verify(issuer.getPublicKey());
    } catch (GeneralSecurityException e) {
      throw new CertificateFormatException("tls.crt was not issued by ca.crt", e);
    }
    return new IssuedCertificate(serving, authorities, authorityKey);
  }

  X509Certificate issuer() {
    return authorities.getFirst();
  }

  /** The authorities that clients shall trust. */
  List<X509Certificate> trustedAt(Instant time) {
    List<X509Certificate> trusted = new ArrayList<>();
    trusted.add(issuer());
    if (time.isBefore(Lifetime.of(issuer()).start().plus(OVERLAP))) {
      authorities.stream()
          .skip(1)
          .filter(former -> Lifetime.of(former).contains(time))
          .forEach(trusted::add);
    }
    return trusted;
  }

  SecretTexts texts() {
    return new SecretTexts(
        PemText.of(serving.chain()),
        PemText.of(serving.key()),
        PemText.of(authorities),
        PemText.of(authorityKey));
  }

  /** Without keys. */
  @Override
  public String toString() {
    return "IssuedCertificate[" + serving + "]";
  }
}
