package dev.keygate.emulator.platform;

import dev.keygate.evidence.bytes.Bytes;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Certifies attestation keys as Azure's virtual TPM authority does; on P-256 where Azure has RSA,
 * because that is made at once.
 */
final class AttestationKeyAuthority {

  private static final X500Name ISSUER = new X500Name("CN=Global Virtual TPM CA - 01");
  private static final KeyPurposeId PLATFORM =
      KeyPurposeId.getInstance(new ASN1ObjectIdentifier("1.3.6.1.4.1.311.10.3.12"));
  private static final KeyPurposeId ATTESTATION_KEY =
      KeyPurposeId.getInstance(new ASN1ObjectIdentifier("2.23.133.8.3"));
  private static final Duration LIFETIME = Duration.ofDays(365);
  private static final int SERIAL_BITS = 120;

  private final KeyPair key;
  private final SecureRandom random;

  AttestationKeyAuthority(SecureRandom random) {
    this.random = random;
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      this.key = generator.generateKeyPair();
    } catch (GeneralSecurityException absent) {
      throw new IllegalStateException("the Java runtime has no P-256", absent);
    }
  }

  /** The certificate of an attestation key, DER, valid for a year from {@code now}. */
  Bytes certify(PublicKey attestationKey, Instant now) {
    X500Name subject =
        new X500Name(
            "CN="
                + new BigInteger(SERIAL_BITS, random).toString(16)
                + ".TrustedVM.Azure.Microsoft");
    JcaX509v3CertificateBuilder draft =
        new JcaX509v3CertificateBuilder(
            ISSUER,
            new BigInteger(SERIAL_BITS, random),
            Date.from(now),
            Date.from(now.plus(LIFETIME)),
            subject,
            attestationKey);
    try {
      draft.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      draft.addExtension(
          Extension.extendedKeyUsage,
          false,
          new ExtendedKeyUsage(new KeyPurposeId[] {PLATFORM, ATTESTATION_KEY}));
      return Bytes.copyOf(
          draft
              .build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate()))
              .getEncoded());
    } catch (IOException | OperatorCreationException impossible) {
      throw new IllegalStateException("a certificate of the lab", impossible);
    }
  }
}
