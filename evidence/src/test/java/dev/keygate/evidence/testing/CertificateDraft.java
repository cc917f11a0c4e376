package dev.keygate.evidence.testing;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.snp.SnpProduct;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
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

  /** AMD has the common name last and Intel has it first. */
  private enum NameOrder {
    AMD("OU=Software Platform,C=US,L=Laboratory,ST=None,O=Keygate,CN=", ""),
    INTEL("CN=", ",O=Keygate,L=Laboratory,ST=None,C=US");

    private final String before;
    private final String after;

    NameOrder(String before, String after) {
      this.before = before;
      this.after = after;
    }

    X500Name name(String commonName) {
      return new X500Name(before + commonName + after);
    }
  }

  private static final int CA_USAGE = KeyUsage.keyCertSign | KeyUsage.cRLSign;
  private static final Duration AUTHORITY_LIFETIME = Duration.ofDays(25 * 365);

  private final NameOrder order;
  private final PublicKey subjectKey;
  private String subject;
  private String issuer;
  private Instant notBefore;
  private Instant notAfter;
  private BigInteger serial = BigInteger.ZERO;
  private final Map<String, Bytes> extensions = new LinkedHashMap<>();
  private final Map<String, Bytes> criticalExtensions = new LinkedHashMap<>();

  private CertificateDraft(NameOrder order, String subject, String issuer, PublicKey subjectKey) {
    this.order = order;
    this.subject = subject;
    this.issuer = issuer;
    this.subjectKey = subjectKey;
    this.notBefore = Instant.EPOCH;
    this.notAfter = Instant.EPOCH;
  }

  static CertificateDraft ark(SnpProduct product, PublicKey key, Instant notBefore) {
    String name = "ARK-" + product.vendorName();
    return new CertificateDraft(NameOrder.AMD, name, name, key)
        .lasting(notBefore)
        .serial(0x10000)
        .critical(Extension.basicConstraints, SoftwareDer.of(new BasicConstraints(true)))
        .critical(Extension.keyUsage, SoftwareDer.of(new KeyUsage(CA_USAGE)));
  }

  static CertificateDraft ask(SnpProduct product, PublicKey key, Instant notBefore) {
    return new CertificateDraft(
            NameOrder.AMD, "SEV-" + product.vendorName(), "ARK-" + product.vendorName(), key)
        .lasting(notBefore)
        .serial(0x10001)
        .critical(Extension.basicConstraints, SoftwareDer.of(new BasicConstraints(0)))
        .critical(Extension.keyUsage, SoftwareDer.of(new KeyUsage(KeyUsage.keyCertSign)));
  }

  static CertificateDraft asvk(SnpProduct product, PublicKey key, Instant notBefore) {
    return ask(product, key, notBefore)
        .named("SEV-VLEK-" + product.vendorName())
        .serial(ASVK_SERIAL);
  }

  static CertificateDraft vlek(SnpProduct product, PublicKey key, Instant notBefore) {
    return new CertificateDraft(NameOrder.AMD, "SEV-VLEK", "SEV-VLEK-" + product.vendorName(), key)
        .from(notBefore)
        .until(notBefore.plus(SoftwareAmd.VLEK_LIFETIME));
  }

  static CertificateDraft vcek(SnpProduct product, PublicKey key, Instant notBefore) {
    return new CertificateDraft(NameOrder.AMD, "SEV-VCEK", "SEV-" + product.vendorName(), key)
        .from(notBefore)
        .until(notBefore.plus(SoftwareAmd.VCEK_LIFETIME));
  }

  static CertificateDraft sgxRoot(PublicKey key, Instant notBefore) {
    return new CertificateDraft(NameOrder.INTEL, SoftwareIntel.ROOT, SoftwareIntel.ROOT, key)
        .lasting(notBefore)
        .serial(0x20000)
        .critical(Extension.basicConstraints, SoftwareDer.of(new BasicConstraints(1)))
        .critical(Extension.keyUsage, SoftwareDer.of(new KeyUsage(CA_USAGE)));
  }

  static CertificateDraft sgxCa(PublicKey key, Instant notBefore) {
    return new CertificateDraft(NameOrder.INTEL, SoftwareIntel.PLATFORM_CA, SoftwareIntel.ROOT, key)
        .lasting(notBefore)
        .serial(0x20001)
        .critical(Extension.basicConstraints, SoftwareDer.of(new BasicConstraints(0)))
        .critical(Extension.keyUsage, SoftwareDer.of(new KeyUsage(CA_USAGE)));
  }

  static CertificateDraft pck(PublicKey key, Instant notBefore) {
    int usage = KeyUsage.digitalSignature | KeyUsage.nonRepudiation;
    return new CertificateDraft(NameOrder.INTEL, SoftwareIntel.PCK, SoftwareIntel.PLATFORM_CA, key)
        .from(notBefore)
        .until(notBefore.plus(SoftwareIntel.PCK_LIFETIME))
        .critical(Extension.basicConstraints, SoftwareDer.of(new BasicConstraints(false)))
        .critical(Extension.keyUsage, SoftwareDer.of(new KeyUsage(usage)));
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
            order.name(issuer),
            serial,
            Date.from(notBefore),
            Date.from(notAfter),
            order.name(subject),
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

  /** The certificate with another signature of the same form. */
  static X509Certificate withLastBitFlipped(X509Certificate certificate) {
    try {
      byte[] der = certificate.getEncoded();
      der[der.length - 1] ^= 1;
      return parse(der);
    } catch (CertificateEncodingException malformed) {
      throw new IllegalStateException("a certificate of the software platform", malformed);
    }
  }

  private CertificateDraft lasting(Instant start) {
    return from(start).until(start.plus(AUTHORITY_LIFETIME));
  }

  CertificateDraft serial(long number) {
    serial = BigInteger.valueOf(number);
    return this;
  }
}
