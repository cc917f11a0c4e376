package dev.keygate.evidence.testing;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.snp.SnpProduct;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;

/** A certificate that is not signed yet; defects change it before or after it is. */
final class CertificateDraft {

  static final long ASVK_SERIAL = 0x10002;

  private static final String ORGANIZATION =
      "OU=Software Platform,C=US,L=Laboratory,ST=None,O=Keygate,CN=";
  private static final Duration AUTHORITY_LIFETIME = Duration.ofDays(25 * 365);

  private final PublicKey subjectKey;
  private String subject;
  private String issuer;
  private Instant notBefore;
  private Instant notAfter;
  private BigInteger serial = BigInteger.ZERO;
  private final Map<String, Bytes> extensions = new LinkedHashMap<>();
  private final Map<String, Bytes> criticalExtensions = new LinkedHashMap<>();

  private CertificateDraft(String subject, String issuer, PublicKey subjectKey, Instant notBefore) {
    this.subject = subject;
    this.issuer = issuer;
    this.subjectKey = subjectKey;
    this.notBefore = notBefore;
    this.notAfter = notBefore.plus(AUTHORITY_LIFETIME);
  }

  static CertificateDraft ark(SnpProduct product, PublicKey key, Instant notBefore) {
    String name = "ARK-" + product.vendorName();
    return new CertificateDraft(name, name, key, notBefore)
        .serial(0x10000)
        .critical(Extension.basicConstraints, der(new BasicConstraints(true)))
        .critical(Extension.keyUsage, der(new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign)));
  }

  static CertificateDraft ask(SnpProduct product, PublicKey key, Instant notBefore) {
    return new CertificateDraft(
            "SEV-" + product.vendorName(), "ARK-" + product.vendorName(), key, notBefore)
        .serial(0x10001)
        .critical(Extension.basicConstraints, der(new BasicConstraints(0)))
        .critical(Extension.keyUsage, der(new KeyUsage(KeyUsage.keyCertSign)));
  }

  static CertificateDraft asvk(SnpProduct product, PublicKey key, Instant notBefore) {
    return ask(product, key, notBefore)
        .named("SEV-VLEK-" + product.vendorName())
        .serial(ASVK_SERIAL);
  }

  static CertificateDraft vlek(SnpProduct product, PublicKey key, Instant notBefore) {
    return new CertificateDraft("SEV-VLEK", "SEV-VLEK-" + product.vendorName(), key, notBefore)
        .until(notBefore.plus(SoftwareAmd.VLEK_LIFETIME));
  }

  static CertificateDraft vcek(SnpProduct product, PublicKey key, Instant notBefore) {
    return new CertificateDraft("SEV-VCEK", "SEV-" + product.vendorName(), key, notBefore)
        .until(notBefore.plus(SoftwareAmd.VCEK_LIFETIME));
  }

  CertificateDraft named(String commonName) {
    subject = commonName;
    return this;
  }

  CertificateDraft issuedBy(String commonName) {
    issuer = commonName;
    return this;
  }

  CertificateDraft from(Instant start) {
    notBefore = start;
    return this;
  }

  CertificateDraft until(Instant end) {
    notAfter = end;
    return this;
  }

  CertificateDraft extensions(Map<String, Bytes> values) {
    extensions.putAll(values);
    return this;
  }

  CertificateDraft extension(String oid, Bytes value) {
    extensions.put(oid, value);
    return this;
  }

  CertificateDraft wrapExtension(String oid) {
    extensions.computeIfPresent(oid, (id, value) -> KeyExtensionDraft.octetString(value));
    return this;
  }

  CertificateDraft without(String oid) {
    extensions.remove(oid);
    criticalExtensions.remove(oid);
    return this;
  }

  CertificateDraft critical(ASN1ObjectIdentifier oid, Bytes value) {
    criticalExtensions.put(oid.getId(), value);
    return this;
  }

  /** The certificate as the vendor signs: RSASSA-PSS with SHA-384. */
  X509Certificate sign(PrivateKey key) {
    return sign(PssContentSigner.sha384(key));
  }

  X509Certificate sign(ContentSigner signer) {
    X509v3CertificateBuilder builder =
        new X509v3CertificateBuilder(
            new X500Name(ORGANIZATION + issuer),
            serial,
            Date.from(notBefore),
            Date.from(notAfter),
            new X500Name(ORGANIZATION + subject),
            SubjectPublicKeyInfo.getInstance(subjectKey.getEncoded()));
    try {
      for (Map.Entry<String, Bytes> each : criticalExtensions.entrySet()) {
        builder.addExtension(
            new ASN1ObjectIdentifier(each.getKey()), true, each.getValue().toArray());
      }
      for (Map.Entry<String, Bytes> each : extensions.entrySet()) {
        builder.addExtension(
            new ASN1ObjectIdentifier(each.getKey()), false, each.getValue().toArray());
      }
      return parse(builder.build(signer).getEncoded());
    } catch (IOException malformed) {
      throw new IllegalStateException("a certificate of the software platform", malformed);
    }
  }

  static X509Certificate parse(byte[] der) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (CertificateException malformed) {
      throw new IllegalStateException("a certificate of the software platform", malformed);
    }
  }

  private CertificateDraft serial(long number) {
    serial = BigInteger.valueOf(number);
    return this;
  }

  private static Bytes der(ASN1Object value) {
    try {
      return Bytes.copyOf(value.getEncoded());
    } catch (IOException malformed) {
      throw new IllegalStateException("an extension of the software platform", malformed);
    }
  }
}
