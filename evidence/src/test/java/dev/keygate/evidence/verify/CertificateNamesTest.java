package dev.keygate.evidence.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateNamesTest {

  /** The subject as it is encoded; its RFC 2253 form has the parts in the opposite order. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "C=US,O=Vendor,CN=SEV-VCEK | SEV-VCEK",
        "CN=Intel SGX Root CA,O=Vendor,C=US | Intel SGX Root CA",
        "CN=alone | alone",
        "O=Vendor,CN=within,C=US | C=US,CN=within,O=Vendor",
        "O=none | O=none",
        "O=a\\,CN=hidden,C=US | C=US,O=a\\,CN\\=hidden",
        "CN=with\\,comma,O=Vendor | O=Vendor,CN=with\\,comma"
      })
  void findsTheCommonNameAtEitherEnd(String subject, String name) throws Exception {
    assertThat(CertificateNames.of(certificate(subject))).isEqualTo(name);
  }

  private static X509Certificate certificate(String subject) throws Exception {
    Date time = Date.from(TestPlatform.NOW);
    X509v3CertificateBuilder builder =
        new X509v3CertificateBuilder(
            new X500Name(subject),
            BigInteger.ONE,
            time,
            time,
            new X500Name(subject),
            SubjectPublicKeyInfo.getInstance(
                TestPlatform.ATTESTATION_KEY.getPublic().getEncoded()));
    byte[] der =
        builder
            .build(
                new JcaContentSignerBuilder("SHA256withRSA")
                    .build(TestPlatform.ATTESTATION_KEY.getPrivate()))
            .getEncoded();
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
  }
}
