package dev.keygate.operator.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.jcajce.provider.asymmetric.util.ECUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MountedCertificateTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final CertificateMaker MAKER =
      new CertificateMaker(new SecureRandom(), Set.of("keygate-webhook.keygate-system.svc"));

  @TempDir private Path folder;

  @Test
  void readsWhatIsThereNow() throws Exception {
    MountedCertificate mounted = new MountedCertificate(folder);
    SecretTexts first = write();
    assertThat(PemText.of(mounted.obtain().chain())).isEqualTo(first.chain());

    SecretTexts second = write();

    assertThat(PemText.of(mounted.obtain().chain())).isEqualTo(second.chain());
  }

  @ParameterizedTest
  @ValueSource(strings = {"tls.crt", "tls.key"})
  void saysWhatIsMissing(String file) throws Exception {
    write();
    Files.delete(folder.resolve(file));

    assertThatThrownBy(() -> new MountedCertificate(folder).obtain())
        .isInstanceOf(CertificateUnavailableException.class)
        .hasMessageContaining(file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tls.crt", "tls.key"})
  void refusesWhatDoesNotBelongTogether(String file) throws Exception {
    write();
    String kept = Files.readString(folder.resolve(file));
    write();
    Files.writeString(folder.resolve(file), kept);

    assertThatThrownBy(() -> new MountedCertificate(folder).obtain())
        .isInstanceOf(CertificateUnavailableException.class);
  }

  /** cert-manager writes PKCS #1 and SEC 1 unless told otherwise. */
  @Test
  void readsTheOlderFormatsOfKeys() throws Exception {
    RSAPrivateKey rsa =
        (RSAPrivateKey) KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate();
    ECPrivateKey ec =
        (ECPrivateKey) KeyPairGenerator.getInstance("EC").generateKeyPair().getPrivate();
    byte[] pkcs1 =
        PrivateKeyInfo.getInstance(rsa.getEncoded())
            .parsePrivateKey()
            .toASN1Primitive()
            .getEncoded();
    byte[] sec1 =
        new org.bouncycastle.asn1.sec.ECPrivateKey(
                ec.getParams().getOrder().bitLength(),
                ec.getS(),
                ECUtil.getNamedCurveOid("secp" + ec.getParams().getOrder().bitLength() + "r1"))
            .getEncoded();

    assertThat(PemText.privateKey("tls.key", pem("RSA PRIVATE KEY", pkcs1))).isEqualTo(rsa);
    assertThat(((ECPrivateKey) PemText.privateKey("tls.key", pem("EC PRIVATE KEY", sec1))).getS())
        .isEqualTo(ec.getS());
  }

  private static String pem(String label, byte[] der) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(label, Base64.getMimeEncoder().encodeToString(der), label);
  }

  private SecretTexts write() throws IOException {
    SecretTexts texts = MAKER.create(List.of(), START).texts();
    Files.writeString(folder.resolve("tls.crt"), texts.chain());
    Files.writeString(folder.resolve("tls.key"), texts.key());
    return texts;
  }
}
