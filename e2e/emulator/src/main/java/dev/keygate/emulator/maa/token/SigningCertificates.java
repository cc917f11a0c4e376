package dev.keygate.emulator.maa.token;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.json.Base64Text;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.state.KeyRing;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.Digest;
import dev.keygate.evidence.snp.SnpField;
import dev.keygate.evidence.snp.TcbVersion;
import dev.keygate.evidence.testing.SnpReportBuilder;
import dev.keygate.evidence.testing.SoftwareAmd;
import dev.keygate.evidence.testing.SoftwareVcek;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Makes a provider's keys with certificates that they sign themselves. Each certificate carries the
 * evidence that its key lives in a confidential container: an SNP report whose report data is the
 * SHA-256 of the public key in PEM and a NUL.
 */
public final class SigningCertificates {

  private static final ASN1ObjectIdentifier EVIDENCE =
      new ASN1ObjectIdentifier("1.3.6.1.4.1.311.105.1000.1");
  private static final ASN1ObjectIdentifier EVIDENCE_KIND =
      new ASN1ObjectIdentifier("1.3.6.1.4.1.311.105.1000.2");
  private static final Bytes MEASUREMENT = Bytes.ofUtf8("software attestation service").sha384();
  private static final TcbVersion TCB = new TcbVersion(0xDB18_0000_0000_0004L);

  // Wide, because a lab may run on a clock that is far from the machine's.
  private static final Duration SPAN = Duration.ofDays(400);

  private final KeyRing ring;
  private final SoftwareAmd vendor;
  private final Instant now;

  /**
   * @param ring where the keys are
   * @param vendor of the processor that the service runs on
   * @param now when certificates begin to be valid, or long before
   */
  public SigningCertificates(KeyRing ring, SoftwareAmd vendor, Instant now) {
    this.ring = ring;
    this.vendor = vendor;
    this.now = now;
  }

  /** The name in the ring of a provider's key, counted from 1. */
  public static String keyName(String host, int number) {
    return "maa-" + host + "-" + number;
  }

  /** The keys of the provider at a host. */
  public SigningKeys keysOf(String host) {
    return new SigningKeys(number -> key(host, number));
  }

  private SigningKey key(String host, int number) {
    KeyPair pair = ring.rsa(keyName(host, number));
    X500Name name = new X500NameBuilder().addRDN(BCStyle.CN, "https://" + host).build();
    JcaX509v3CertificateBuilder certificate =
        new JcaX509v3CertificateBuilder(
            name,
            BigInteger.valueOf(number),
            Date.from(now.minus(SPAN)),
            Date.from(now.plus(SPAN)),
            name,
            pair.getPublic());
    try {
      certificate.addExtension(EVIDENCE_KIND, false, new DERUTF8String("acisevsnp"));
      String evidence = evidence(host, pair.getPublic()).toString();
      certificate.addExtension(EVIDENCE, false, new DERUTF8String(evidence));
      return new SigningKey(
          pair.getPrivate(),
          new JcaX509CertificateConverter()
              .getCertificate(
                  certificate.build(
                      new JcaContentSignerBuilder("SHA256withRSA").build(pair.getPrivate()))));
    } catch (IOException | OperatorCreationException | GeneralSecurityException e) {
      throw new IllegalStateException("a certificate of the lab", e);
    }
  }

  private ObjectNode evidence(String host, PublicKey key) {
    SoftwareVcek vcek = vendor.vcek(Digest.SHA512.of(Bytes.ofUtf8(host)), TCB);
    Bytes report =
        SnpReportBuilder.of(vcek)
            .with(SnpField.MEASUREMENT, MEASUREMENT)
            .reportData(Bytes.ofUtf8(pem(key) + '\0').sha256())
            .build();
    ObjectNode json = Json.object().put("SnpReport", Base64Text.url(report.toArray()));
    json.put("VcekCertChain", Base64Text.url(vcek.chainPem().getBytes(US_ASCII)));
    return json.put("Endorsements", Base64Text.url("{\"Uvm\":[]}".getBytes(UTF_8)));
  }

  private static String pem(PublicKey key) {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded())
        + "\n-----END PUBLIC KEY-----\n";
  }
}
