package dev.keygate.sidecar.testing;

import dev.keygate.azure.jose.TrustRoots;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A root and a leaf under it, both with keys of {@link Keys}. */
public final class TestCertificates {

  private final KeyPair rootKey;
  private final KeyPair leafKey;
  private final X509Certificate root;
  private final X509Certificate leaf;

  private TestCertificates(
      KeyPair rootKey, KeyPair leafKey, X509Certificate root, X509Certificate leaf) {
    this.rootKey = rootKey;
    this.leafKey = leafKey;
    this.root = root;
    this.leaf = leaf;
  }

  /** A chain whose leaf names the host, in force around the start of {@link FakeTime}. */
  public static TestCertificates forHost(String host) {
    return forHost(host, FakeTime.START);
  }

  /** A chain in force around another time. */
  public static TestCertificates forHost(String host, Instant around) {
    return issue(host, around, Keys.OTHER, "root");
  }

  /** A chain that ends at a root nobody trusts, though it has the name of one. */
  public static TestCertificates underAnotherRoot(String host) {
    return issue(host, FakeTime.START, Keys.TARGET, "root");
  }

  private static TestCertificates issue(
      String host, Instant around, KeyPair rootKey, String rootName) {
    try {
      KeyPair leafKey = Keys.TRANSFER;
      X500Name issuer = new X500Name("CN=" + rootName);
      X509v3CertificateBuilder root = builder(issuer, issuer, rootKey, around);
      root.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
      root.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
      X509v3CertificateBuilder leaf = builder(issuer, new X500Name("CN=vault"), leafKey, around);
      leaf.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(new GeneralName(GeneralName.dNSName, host)));
      return new TestCertificates(rootKey, leafKey, sign(root, rootKey), sign(leaf, rootKey));
    } catch (CertIOException | OperatorCreationException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static X509v3CertificateBuilder builder(
      X500Name issuer, X500Name subject, KeyPair key, Instant around) {
    return new JcaX509v3CertificateBuilder(
        issuer,
        BigInteger.valueOf(subject.hashCode() & 0xFFFFL).add(BigInteger.ONE),
        Date.from(around.minus(Duration.ofDays(1))),
        Date.from(around.plus(Duration.ofDays(1))),
        subject,
        key.getPublic());
  }

  private static X509Certificate sign(X509v3CertificateBuilder builder, KeyPair key)
      throws OperatorCreationException, GeneralSecurityException {
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(key.getPrivate())));
  }

  /** The root as the only one. */
  public TrustRoots roots() {
    return new TrustRoots(List.of(root));
  }

  /** Leaf and root as a JSON array. */
  public String x5c() {
    return List.of(leaf, root).stream()
        .map(TestCertificates::base64)
        .collect(Collectors.joining("\",\"", "[\"", "\"]"));
  }

  /** What the leaf signs with. */
  public KeyPair leafKey() {
    return leafKey;
  }

  /** What the root signs with. */
  public KeyPair rootKey() {
    return rootKey;
  }

  /** What a TLS server shows that has the leaf's name. */
  public SSLContext server() {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      Certificate[] chain = {leaf, root};
      store.setKeyEntry("leaf", leafKey.getPrivate(), new char[0], chain);
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(store, new char[0]);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The root in PEM. */
  public String rootPem() {
    return "-----BEGIN CERTIFICATE-----\n" + base64(root) + "\n-----END CERTIFICATE-----\n";
  }

  private static String base64(X509Certificate certificate) {
    try {
      return Base64.getEncoder().encodeToString(certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }
}
