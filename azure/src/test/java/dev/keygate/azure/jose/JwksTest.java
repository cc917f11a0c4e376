package dev.keygate.azure.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keygate.azure.testing.CertificateForge;
import dev.keygate.azure.testing.CertificateForge.Issuer;
import dev.keygate.azure.testing.CertificateForge.Leaf;
import dev.keygate.azure.testing.TestKeys;
import dev.keygate.azure.testing.TokenForge;
import dev.keygate.evidence.bytes.Bytes;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JwksTest {

  private static final Issuer ISSUER = CertificateForge.root("https://issuer.test");
  private static final KeyPair EC = TestKeys.ec();

  private static Jwks parse(String... keys) throws JwsRefusedException {
    return Jwks.parse(Bytes.ofUtf8("{\"keys\":[" + String.join(",", keys) + "]}"));
  }

  private static String x5c(PublicKey key) {
    return "[\"" + CertificateForge.x5c(CertificateForge.leaf(ISSUER, Leaf.of(key))) + "\"]";
  }

  @Test
  void takesKeysThatAreOnlyInTheirCertificates() throws Exception {
    Jwks keys =
        parse("{\"kty\":\"RSA\",\"kid\":\"one\",\"x5c\":" + x5c(TestKeys.RSA.getPublic()) + "}");

    CompactJws token =
        CompactJws.parse(
            TokenForge.sign("{\"alg\":\"RS256\",\"kid\":\"one\"}", "{}", TestKeys.RSA));
    assertThat(keys.verify(token).payloadText()).isEqualTo("{}");
  }

  @Test
  void takesUnsignedNumbersWithLeadingZeros() throws Exception {
    String zeroPadded = CompactJwsTest.jwk("one", TestKeys.RSA).replace("AQAB", "AAEAAQ");

    assertThat(parse(zeroPadded).keyIds()).containsExactly("one");
  }

  static Stream<String> leavesOutKeysThatCannotVerify() {
    return Stream.of(
        CompactJwsTest.jwk("two", TestKeys.weakRsa()),
        CompactJwsTest.jwk("", TestKeys.OTHER_RSA),
        CompactJwsTest.jwk("two", TestKeys.OTHER_RSA).replace("\"kid\":\"two\",", ""),
        CompactJwsTest.jwk("two", TestKeys.OTHER_RSA).replace("\"kid\"", "\"use\":\"enc\",\"kid\""),
        CompactJwsTest.jwk("two", TestKeys.OTHER_RSA).replace("RSA", "EC"),
        CompactJwsTest.jwk("two", TestKeys.OTHER_RSA).replace("AQAB", "Ag"),
        "{\"kty\":\"EC\",\"kid\":\"two\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\"}",
        "{\"kty\":\"RSA\",\"kid\":\"two\",\"x5c\":" + x5c(EC.getPublic()) + "}",
        "{\"kty\":\"RSA\",\"kid\":\"two\"}",
        "{}");
  }

  @ParameterizedTest
  @MethodSource
  void leavesOutKeysThatCannotVerify(String key) throws Exception {
    assertThat(parse(CompactJwsTest.jwk("one", TestKeys.RSA), key).keyIds()).containsExactly("one");
  }

  static Stream<String> refusesSetsThatContradictThemselves() {
    String one = CompactJwsTest.jwk("one", TestKeys.RSA);
    return Stream.of(
        one + "," + CompactJwsTest.jwk("one", TestKeys.OTHER_RSA),
        one.replace("\"kid\"", "\"x5c\":" + x5c(TestKeys.OTHER_RSA.getPublic()) + ",\"kid\""),
        one.replace("AQAB", "AQ=="),
        one.replace("AQAB", "**"),
        "{\"kty\":\"RSA\",\"kid\":\"two\",\"x5c\":[\"AAAA\"]}",
        "{\"kty\":\"RSA\",\"kid\":\"two\",\"n\":\"AA\"}",
        "7");
  }

  @ParameterizedTest
  @MethodSource
  void refusesSetsThatContradictThemselves(String keys) {
    assertThatExceptionOfType(JwsRefusedException.class).isThrownBy(() -> parse(keys));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{}", "{\"keys\":{}}", "{\"keys\":null}", "{\"keys\":[7]}"})
  void refusesWhatIsNoKeySet(String json) {
    assertThatExceptionOfType(JwsRefusedException.class)
        .isThrownBy(() -> Jwks.parse(Bytes.ofUtf8(json)));
  }

  @Test
  void refusesTooManyKeys() {
    String[] keys = new String[257];
    Arrays.fill(keys, "{}");

    assertThatExceptionOfType(JwsRefusedException.class).isThrownBy(() -> parse(keys));
  }

  @Property(tries = 300)
  void anyBytesAreAKeySetOrRefused(@ForAll byte[] octets) {
    try {
      assertThat(Jwks.parse(Bytes.copyOf(octets))).isNotNull();
    } catch (JwsRefusedException expected) {
      assertThat(expected.check()).isNotNull();
    }
  }
}
