package dev.keygate.cluster.pki;

import dev.keygate.time.TimeSource;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * An authority for one cluster; its certificates are valid for thirty days. Keys are P-256, except
 * where a client reads only RSA.
 */
public final class CertificateAuthority {

  private static final Duration BACKDATED = Duration.ofHours(1);
  private static final Duration VALID = Duration.ofDays(30);
  private static final int RSA_BITS = 2048;
  private static final int SERIAL_BITS = 120;
  private static final Pattern IPV4 = Pattern.compile("\\d+(\\.\\d+){3}");
  private static final X500Name NAME = new X500Name("CN=keygate-test-cluster");

  private final Path directory;
  private final TimeSource time;
  private final SecureRandom random;
  private final KeyPair keys;

  private CertificateAuthority(Path directory, TimeSource time, SecureRandom random, KeyPair keys) {
    this.directory = directory;
    this.time = time;
    this.random = random;
    this.keys = keys;
  }

  /**
   * A new authority.
   *
   * @param directory for its certificates and keys; must not exist yet
   */
  public static CertificateAuthority create(Path directory, TimeSource time, SecureRandom random)
      throws IOException {
    Files.createDirectories(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    try {
      return new CertificateAuthority(directory, time, random, ecKeys(random));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK makes P-256 keys", e);
    }
  }

  Path directory() {
    return directory;
  }

  KeyPair ecKeys() throws GeneralSecurityException {
    return ecKeys(random);
  }

  private static KeyPair ecKeys(SecureRandom random) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"), random);
    return generator.generateKeyPair();
  }

  KeyPair rsaKeys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(RSA_BITS, random);
    return generator.generateKeyPair();
  }

  /** The authority's own certificate and key. */
  Credential self() throws IOException, OperatorCreationException {
    JcaX509v3CertificateBuilder builder = builder(NAME, keys);
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
    builder.addExtension(
        Extension.keyUsage,
        true,
        new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign | KeyUsage.digitalSignature));
    return write("ca", builder, keys);
  }

  /**
   * A certificate that a server shows to clients.
   *
   * @param names host names and IPv4 addresses under which it is asked for
   */
  Credential server(String file, String subject, List<String> names)
      throws IOException, GeneralSecurityException, OperatorCreationException {
    KeyPair own = ecKeys();
    JcaX509v3CertificateBuilder builder = leaf(subject, own, KeyPurposeId.id_kp_serverAuth);
    builder.addExtension(Extension.subjectAlternativeName, false, generalNames(names));
    return write(file, builder, own);
  }

  /** A certificate that a client shows to servers. */
  Credential client(String file, String subject, KeyPair own)
      throws IOException, OperatorCreationException {
    return write(file, leaf(subject, own, KeyPurposeId.id_kp_clientAuth), own);
  }

  private static GeneralNames generalNames(List<String> names) {
    return new GeneralNames(
        names.stream()
            .map(
                name ->
                    new GeneralName(
                        IPV4.matcher(name).matches() ? GeneralName.iPAddress : GeneralName.dNSName,
                        name))
            .toArray(GeneralName[]::new));
  }

  private JcaX509v3CertificateBuilder leaf(String subject, KeyPair own, KeyPurposeId purpose)
      throws IOException {
    JcaX509v3CertificateBuilder builder = builder(new X500Name(subject), own);
    builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
    return builder;
  }

  private JcaX509v3CertificateBuilder builder(X500Name subject, KeyPair own) {
    Instant start = time.now().minus(BACKDATED);
    return new JcaX509v3CertificateBuilder(
        NAME,
        new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS),
        Date.from(start),
        Date.from(start.plus(VALID)),
        subject,
        own.getPublic());
  }

  private Credential write(String file, JcaX509v3CertificateBuilder builder, KeyPair own)
      throws IOException, OperatorCreationException {
    byte[] certificate =
        builder
            .build(
                new JcaContentSignerBuilder("SHA256withECDSA")
                    .setSecureRandom(random)
                    .build(keys.getPrivate()))
            .getEncoded();
    return new Credential(
        Pem.write(directory.resolve(file + ".crt"), "CERTIFICATE", certificate),
        Pem.write(directory.resolve(file + ".key"), "PRIVATE KEY", own.getPrivate().getEncoded()));
  }
}
