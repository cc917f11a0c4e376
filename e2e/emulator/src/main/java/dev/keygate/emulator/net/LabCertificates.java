package dev.keygate.emulator.net;

import dev.keygate.emulator.state.KeyRing;
import dev.keygate.time.TimeSource;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The lab's certification authority for TLS: a root, one issuing authority below it, and a leaf per
 * family of hosts. The keys live in the state; certificates are made anew at each start.
 */
public final class LabCertificates {

  /** Names of the keys in the ring. */
  public static final List<String> KEYS = List.of("tls-root", "tls-issuing");

  // Wide, because a lab may run on a clock that is far from the machine's.
  private static final Duration AUTHORITY_SPAN = Duration.ofDays(3650);
  private static final Duration LEAF_SPAN = Duration.ofDays(400);
  private static final X500Name ROOT = new X500Name("CN=Keygate Lab TLS Root");
  private static final X500Name ISSUING = new X500Name("CN=Keygate Lab TLS Issuing CA 01");

  private final KeyRing keys;
  private final SecureRandom random;
  private final Instant now;
  private final X509Certificate root;
  private final X509Certificate issuing;

  /** Makes the two authorities' certificates. */
  public LabCertificates(KeyRing keys, SecureRandom random, TimeSource time) {
    this.keys = keys;
    this.random = random;
    this.now = time.now();
    KeyPair rootKeys = keys.rsa("tls-root");
    this.root = authority(ROOT, rootKeys.getPublic(), ROOT, rootKeys);
    this.issuing = authority(ISSUING, keys.rsa("tls-issuing").getPublic(), ROOT, rootKeys);
  }

  /** The root, for clients' trust. */
  public X509Certificate root() {
    return root;
  }

  /** The root as PEM. */
  public String rootPem() {
    return pem(root);
  }

  /** A certificate as PEM with a line feed at its end. */
  public static String pem(X509Certificate certificate) {
    try {
      return "-----BEGIN CERTIFICATE-----\n"
          + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
          + "\n-----END CERTIFICATE-----\n";
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * A server's identity.
   *
   * @param keyName the leaf's key in the ring
   * @param hosts DNS names; the first is the common name; a wildcard stands for one label
   */
  public TlsIdentity issue(String keyName, List<String> hosts) {
    return issue(keyName, hosts, now.plus(LEAF_SPAN));
  }

  /** The same with a certificate that was in force until the day before the lab started. */
  public TlsIdentity issueExpired(String keyName, List<String> hosts) {
    return issue(keyName, hosts, now.minus(Duration.ofDays(1)));
  }

  private TlsIdentity issue(String keyName, List<String> hosts, Instant until) {
    KeyPair pair = keys.rsa(keyName);
    X500Name subject = new X500Name("CN=" + hosts.getFirst());
    Instant from = now.minus(LEAF_SPAN);
    X509v3CertificateBuilder leaf =
        new JcaX509v3CertificateBuilder(
            ISSUING, serial(), Date.from(from), Date.from(until), subject, pair.getPublic());
    GeneralName[] names =
        hosts.stream()
            .map(host -> new GeneralName(GeneralName.dNSName, host))
            .toArray(GeneralName[]::new);
    try {
      leaf.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
      leaf.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      leaf.addExtension(
          Extension.keyUsage,
          true,
          new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment));
      leaf.addExtension(
          Extension.extendedKeyUsage,
          false,
          new ExtendedKeyUsage(
              new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth}));
    } catch (CertIOException e) {
      throw new IllegalStateException(e);
    }
    X509Certificate certificate = sign(leaf, keys.rsa("tls-issuing"));
    return new TlsIdentity(pair.getPrivate(), List.of(certificate, issuing, root));
  }

  /**
   * A certificate that a key signs for itself.
   *
   * @param commonName of subject and issuer
   */
  public static X509Certificate selfSigned(String commonName, KeyPair pair, Instant now) {
    X500Name name = new X500NameBuilder().addRDN(BCStyle.CN, commonName).build();
    return sign(
        new JcaX509v3CertificateBuilder(
            name,
            BigInteger.ONE,
            Date.from(now.minus(LEAF_SPAN)),
            Date.from(now.plus(LEAF_SPAN)),
            name,
            pair.getPublic()),
        pair);
  }

  private X509Certificate authority(
      X500Name subject, PublicKey key, X500Name issuer, KeyPair issuerKeys) {
    X509v3CertificateBuilder authority =
        new JcaX509v3CertificateBuilder(
            issuer,
            serial(),
            Date.from(now.minus(AUTHORITY_SPAN)),
            Date.from(now.plus(AUTHORITY_SPAN)),
            subject,
            key);
    try {
      authority.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
      authority.addExtension(
          Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    } catch (CertIOException e) {
      throw new IllegalStateException(e);
    }
    return sign(authority, issuerKeys);
  }

  private BigInteger serial() {
    return new BigInteger(126, random).add(BigInteger.ONE);
  }

  private static X509Certificate sign(X509v3CertificateBuilder builder, KeyPair issuerKeys) {
    try {
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withRSA").build(issuerKeys.getPrivate())));
    } catch (OperatorCreationException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
