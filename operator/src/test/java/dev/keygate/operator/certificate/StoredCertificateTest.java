package dev.keygate.operator.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StoredCertificateTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final CertificateMaker MAKER =
      new CertificateMaker(new SecureRandom(), Set.of("keygate-webhook.keygate-system.svc"));
  private static final SecretTexts GOOD = MAKER.create(List.of(), START).texts();
  private static final SecretTexts OTHER = MAKER.create(List.of(), START).texts();

  static Stream<Arguments> garbage() throws Exception {
    String rsa = PemText.of(KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate());
    return Stream.of(
        argumentSet("no certificate", with("", GOOD.key())),
        argumentSet("no key", with(GOOD.chain(), "")),
        argumentSet("text for a certificate", with("hello", GOOD.key())),
        argumentSet("text for a key", with(GOOD.chain(), "hello")),
        argumentSet("a certificate for a key", with(GOOD.chain(), GOOD.chain())),
        argumentSet("a key for a certificate", with(GOOD.key(), GOOD.key())),
        argumentSet("half a certificate", with(GOOD.chain().substring(0, 300), GOOD.key())),
        argumentSet("half a key", with(GOOD.chain(), GOOD.key().substring(0, 90))),
        argumentSet("the key of another certificate", with(GOOD.chain(), OTHER.key())),
        argumentSet("a key of another kind", with(GOOD.chain(), rsa)),
        argumentSet(
            "no authority", new SecretTexts(GOOD.chain(), GOOD.key(), "", GOOD.authorityKey())),
        argumentSet(
            "no authority's key",
            new SecretTexts(GOOD.chain(), GOOD.key(), GOOD.authorities(), "")),
        argumentSet(
            "another authority",
            new SecretTexts(GOOD.chain(), GOOD.key(), OTHER.authorities(), OTHER.authorityKey())),
        argumentSet(
            "the key of another authority",
            new SecretTexts(GOOD.chain(), GOOD.key(), GOOD.authorities(), OTHER.authorityKey())));
  }

  @ParameterizedTest
  @MethodSource("garbage")
  void isGarbage(SecretTexts texts) {
    assertThat(StoredCertificate.of(texts)).isInstanceOf(StoredCertificate.Garbage.class);
  }

  @Test
  void isEmptyAsItIsShipped() {
    assertThat(StoredCertificate.of(new SecretTexts("", "", "", "")))
        .isEqualTo(new StoredCertificate.Empty());
  }

  @Test
  void isUsableAsItWasWritten() {
    assertThat(StoredCertificate.of(GOOD))
        .isInstanceOfSatisfying(
            StoredCertificate.Usable.class,
            usable -> assertThat(usable.issued().texts()).isEqualTo(GOOD));
  }

  @Test
  void showsNoKey() {
    IssuedCertificate issued = MAKER.create(List.of(), START);

    assertThat(issued.toString() + issued.serving() + issued.texts())
        .doesNotContain("PRIVATE", "BEGIN");
  }

  private static SecretTexts with(String chain, String key) {
    return new SecretTexts(chain, key, GOOD.authorities(), GOOD.authorityKey());
  }
}
