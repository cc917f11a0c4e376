package dev.keygate.azure.testing;

import java.io.IOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** Issues certificates, good and bad ones. */
public final class CertificateForge {

  private static final Instant FROM = Instant.parse("2020-01-01T00:00:00Z");
  private static final Instant UNTIL = Instant.parse("2099-01-01T00:00:00Z");
  private static final AtomicLong SERIAL = new AtomicLong(1);

  private CertificateForge() {}

  /** A certificate and the key that goes with it. */
  public record Issuer(X509Certificate certificate, KeyPair keys) {}

  /** What a leaf is to say. */
  public record Leaf(
      PublicKey key, List<String> dnsNames, Instant notBefore, Instant notAfter, int keyUsage) {

    /** Good for signing, for the rest of the century. */
    public static Leaf of(PublicKey key, String... dnsNames) {
      return new Leaf(key, List.of(dnsNames), FROM, UNTIL, KeyUsage.digitalSignature);
    }

    /** The same in other times. */
    public Leaf valid(Instant from, Instant until) {
      return new Leaf(key, dnsNames, from, until, keyUsage);
    }

    /** The same with another key usage. */
    public Leaf with(int otherKeyUsage) {
      return new Leaf(key, dnsNames, notBefore, notAfter, otherKeyUsage);
    }
  }

  /** A self-signed root. */
  public static Issuer root(String name) {
    KeyPair keys = TestKeys.ec();
    return new Issuer(authority(name, keys, null), keys);
  }

  /** A subordinate authority. */
  public static Issuer subordinate(String name, Issuer parent) {
    KeyPair keys = TestKeys.ec();
    return new Issuer(authority(name, keys, parent), keys);
  }

  private static X509Certificate authority(String name, KeyPair keys, @Nullable Issuer parent) {
    X500Name subject = new X500Name("CN=" + name);
    X500Name issuer = parent == null ? subject : subjectOf(parent);
    JcaX509v3CertificateBuilder builder = builder(issuer, FROM, UNTIL, subject, keys.getPublic());
    try {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
      builder.addExtension(
          Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    return sign(builder, parent == null ? keys : parent.keys());
  }

  /** A leaf whose common name is its first DNS name, or {@code leaf}. */
  public static X509Certificate leaf(Issuer issuer, Leaf leaf) {
    String commonName = leaf.dnsNames().isEmpty() ? "leaf" : leaf.dnsNames().getFirst();
    return leafNamed(issuer, leaf, commonName.replace("*", "any"));
  }

  /** A leaf with a common name of its own. */
  public static X509Certificate leafNamed(Issuer issuer, Leaf leaf, String commonName) {
    JcaX509v3CertificateBuilder builder =
        builder(
            subjectOf(issuer),
            leaf.notBefore(),
            leaf.notAfter(),
            new X500Name("CN=" + commonName),
            leaf.key());
    try {
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(leaf.keyUsage()));
      if (!leaf.dnsNames().isEmpty()) {
        GeneralName[] names =
            leaf.dnsNames().stream()
                .map(name -> new GeneralName(GeneralName.dNSName, name))
                .toArray(GeneralName[]::new);
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
      }
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    return sign(builder, issuer.keys());
  }

  private static X500Name subjectOf(Issuer issuer) {
    return X500Name.getInstance(issuer.certificate().getSubjectX500Principal().getEncoded());
  }

  @SuppressWarnings("JavaUtilDate") // the builder's own type
  private static JcaX509v3CertificateBuilder builder(
      X500Name issuer, Instant from, Instant until, X500Name subject, PublicKey key) {
    return new JcaX509v3CertificateBuilder(
        issuer,
        BigInteger.valueOf(SERIAL.getAndIncrement()),
        Date.from(from),
        Date.from(until),
        subject,
        key);
  }

  private static X509Certificate sign(X509v3CertificateBuilder builder, KeyPair signer) {
    String algorithm =
        signer.getPrivate().getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
    try {
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(new JcaContentSignerBuilder(algorithm).build(signer.getPrivate())));
    } catch (OperatorCreationException | CertificateException unusable) {
      throw new IllegalStateException(unusable);
    }
  }

  /** The certificate as an {@code x5c} entry. */
  public static String x5c(X509Certificate certificate) {
    try {
      return Base64.getEncoder().encodeToString(certificate.getEncoded());
    } catch (CertificateException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The certificate in PEM. */
  public static String pem(X509Certificate certificate) {
    return "-----BEGIN CERTIFICATE-----\n" + x5c(certificate) + "\n-----END CERTIFICATE-----\n";
  }
}
