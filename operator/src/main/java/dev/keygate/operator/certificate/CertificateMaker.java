package dev.keygate.operator.certificate;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes authorities and certificates; every key is new, on P-256. */
final class CertificateMaker {

  static final Duration AUTHORITY_VALID = Duration.ofDays(365);
  static final Duration SERVING_VALID = Duration.ofDays(90);

  /** For clients whose clock is behind. */
  private static final Duration BACKDATED = Duration.ofHours(1);

  private static final int SERIAL_BITS = 120;
  private static final X500Principal AUTHORITY = new X500Principal("CN=keygate-webhook-ca");
  private static final X500Principal SERVING = new X500Principal("CN=keygate-webhook");

  private final SecureRandom random;
  private final Set<String> names;

  /**
   * @param names that serving certificates are valid for
   */
  CertificateMaker(SecureRandom random, Set<String> names) {
    this.random = random;
    this.names = Set.copyOf(names);
  }

  /** A new authority and a certificate by it. */
  IssuedCertificate create(List<X509Certificate> former, Instant now) {
    try {
      KeyPair keys = keys();
      JcaX509v3CertificateBuilder builder =
          builder(AUTHORITY, AUTHORITY, keys, now, AUTHORITY_VALID);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
      List<X509Certificate> authorities = new ArrayList<>();
      authorities.add(sign(builder, keys.getPrivate()));
      authorities.addAll(former);
      return issue(authorities, keys.getPrivate(), now);
    } catch (GeneralSecurityException | CertIOException | OperatorCreationException e) {
      throw new IllegalStateException("this JDK cannot make P-256 certificates", e);
    }
  }

  /** A new certificate by the same authority. */
  IssuedCertificate renew(IssuedCertificate before, Instant now) {
    try {
      return issue(before.authorities(), before.authorityKey(), now);
    } catch (GeneralSecurityException | CertIOException | OperatorCreationException e) {
      throw new IllegalStateException("this JDK cannot make P-256 certificates", e);
    }
  }

  private IssuedCertificate issue(
      List<X509Certificate> authorities, PrivateKey authorityKey, Instant now)
      throws GeneralSecurityException, CertIOException, OperatorCreationException {
    KeyPair keys = keys();
    JcaX509v3CertificateBuilder builder =
        builder(
            authorities.getFirst().getSubjectX500Principal(), SERVING, keys, now, SERVING_VALID);
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
    builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    builder.addExtension(
        Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
    builder.addExtension(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(
            names.stream()
                .sorted()
                .map(name -> new GeneralName(GeneralName.dNSName, name))
                .toArray(GeneralName[]::new)));
    ServingMaterial serving =
        new ServingMaterial(keys.getPrivate(), List.of(sign(builder, authorityKey)));
    return new IssuedCertificate(serving, authorities, authorityKey);
  }

  private KeyPair keys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"), random);
    return generator.generateKeyPair();
  }

  private JcaX509v3CertificateBuilder builder(
      X500Principal issuer, X500Principal subject, KeyPair keys, Instant now, Duration valid) {
    Instant start = now.minus(BACKDATED);
    return new JcaX509v3CertificateBuilder(
        issuer,
        new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS),
        Date.from(start),
        Date.from(start.plus(valid)),
        subject,
        keys.getPublic());
  }

  private X509Certificate sign(JcaX509v3CertificateBuilder builder, PrivateKey key)
      throws GeneralSecurityException, OperatorCreationException {
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(
                new JcaContentSignerBuilder("SHA256withECDSA").setSecureRandom(random).build(key)));
  }
}
