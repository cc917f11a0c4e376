package dev.keygate.azure.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keygate.azure.jose.JwsRefusedException.Check;
import dev.keygate.azure.testing.TestKeys;
import dev.keygate.azure.testing.TokenForge;
import dev.keygate.evidence.bytes.Bytes;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompactJwsTest {

  private static final String HEADER = "{\"alg\":\"RS256\",\"kid\":\"one=\"}";
  private static final String PAYLOAD = "{\"iss\":\"me\"}";

  private static Check refusal(ThrowingCallable call) {
    JwsRefusedException refused = catchThrowableOfType(JwsRefusedException.class, call);
    assertThat(refused).isNotNull();
    return refused.check();
  }

  private static Jwks keySet() throws JwsRefusedException {
    return Jwks.parse(Bytes.ofUtf8("{\"keys\":[" + jwk("one=", TestKeys.RSA) + "]}"));
  }

  static String jwk(String keyId, KeyPair keys) {
    RSAPublicKey key = (RSAPublicKey) keys.getPublic();
    return "{\"kty\":\"RSA\",\"kid\":\""
        + keyId
        + "\",\"n\":\""
        + number(key.getModulus())
        + "\",\"e\":\""
        + number(key.getPublicExponent())
        + "\"}";
  }

  private static String number(BigInteger number) {
    return TokenForge.encode(number.toByteArray());
  }

  @Test
  void verifiesWhatItsKeyHasSigned() throws Exception {
    CompactJws jws = CompactJws.parse(TokenForge.sign(HEADER, PAYLOAD, TestKeys.RSA));

    VerifiedJws verified = keySet().verify(jws);

    assertThat(verified.payload().text("iss")).isEqualTo("me");
    assertThat(verified.payloadText()).isEqualTo(PAYLOAD);
    assertThat(verified.keyId()).contains("one=");
  }

  @Test
  void refusesWhatAnotherKeyHasSigned() throws Exception {
    CompactJws jws = CompactJws.parse(TokenForge.sign(HEADER, PAYLOAD, TestKeys.OTHER_RSA));

    assertThat(refusal(() -> keySet().verify(jws))).isEqualTo(Check.SIGNATURE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"SHA1withRSA", "SHA384withRSA", "SHA512withRSA"})
  void refusesSignatureOfAnotherAlgorithm(String algorithm) throws Exception {
    CompactJws jws = CompactJws.parse(TokenForge.sign(algorithm, HEADER, PAYLOAD, TestKeys.RSA));

    assertThat(refusal(() -> keySet().verify(jws))).isEqualTo(Check.SIGNATURE);
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "2"})
  void refusesPartOfAnotherToken(int part) throws Exception {
    String[] ours = TokenForge.sign(HEADER, PAYLOAD, TestKeys.RSA).split("\\.", -1);
    String[] other =
        TokenForge.sign(
                "{\"alg\":\"RS256\",\"kid\":\"one=\",\"typ\":\"JWT\"}",
                "{\"iss\":\"you\"}",
                TestKeys.RSA)
            .split("\\.", -1);
    ours[part] = other[part];
    CompactJws spliced = CompactJws.parse(String.join(".", ours));

    assertThat(refusal(() -> keySet().verify(spliced))).isEqualTo(Check.SIGNATURE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"alg\":\"RS256\"}", "{\"alg\":\"RS256\",\"kid\":\"two\"}"})
  void refusesTokenWhoseKeyIsUnknownWithoutTryingOthers(String header) throws Exception {
    CompactJws jws = CompactJws.parse(TokenForge.sign(header, PAYLOAD, TestKeys.RSA));

    assertThat(refusal(() -> keySet().verify(jws))).isEqualTo(Check.KEY_ID);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"alg":"none"}                                       | ALGORITHM
          {"alg":"None"}                                       | ALGORITHM
          {"alg":"HS256"}                                      | ALGORITHM
          {"alg":"RS384"}                                      | ALGORITHM
          {"alg":"PS256"}                                      | ALGORITHM
          {"alg":"ES256"}                                      | ALGORITHM
          {"alg":"rs256"}                                      | ALGORITHM
          {"alg":"RS256","crit":["exp"]}                       | CRITICAL_HEADER
          {"alg":"RS256","b64":false}                          | CRITICAL_HEADER
          {"kid":"one="}                                       | FORMAT
          {"alg":["RS256"]}                                    | FORMAT
          {"alg":"RS256","alg":"none"}                         | FORMAT
          {"alg":"RS256","kid":7}                              | FORMAT
          {"alg":"RS256","x5c":"AAAA"}                         | FORMAT
          []                                                   | FORMAT
          """)
  void refusesHeaderBeforeAnySignature(String header, Check check) {
    String token = TokenForge.sign(header, PAYLOAD, TestKeys.RSA);

    assertThat(refusal(() -> CompactJws.parse(token))).isEqualTo(check);
  }

  @Test
  void refusesMacUnderThePublicKey() {
    String token =
        TokenForge.macUnderPublicKey("{\"alg\":\"HS256\",\"kid\":\"one=\"}", PAYLOAD, TestKeys.RSA);

    assertThat(refusal(() -> CompactJws.parse(token))).isEqualTo(Check.ALGORITHM);
  }

  static Stream<Arguments> refusesTextOfAnotherShape() {
    String token = TokenForge.sign(HEADER, PAYLOAD, TestKeys.RSA);
    String[] parts = token.split("\\.", -1);
    return Stream.of(
        Arguments.of("nothing", ""),
        Arguments.of("one part", parts[0]),
        Arguments.of("two parts", parts[0] + "." + parts[1]),
        Arguments.of("no signature", parts[0] + "." + parts[1] + "."),
        Arguments.of("no payload", parts[0] + ".." + parts[2]),
        Arguments.of("no header", "." + parts[1] + "." + parts[2]),
        Arguments.of("four parts", token + ".AAAA"),
        Arguments.of("trailing dot", token + "."),
        Arguments.of("padding", token + "="),
        Arguments.of("line end", token + "\n"),
        Arguments.of("space in front", " " + token),
        Arguments.of("standard alphabet", parts[0] + "." + parts[1] + ".+/+/"),
        Arguments.of("stray bits", parts[0] + "." + parts[1] + ".AB"),
        Arguments.of("payload is no JSON", parts[0] + ".AAAA." + parts[2]),
        Arguments.of(
            "payload is an array", parts[0] + "." + TokenForge.encode("[]") + "." + parts[2]),
        Arguments.of(
            "payload names a member twice",
            TokenForge.sign(HEADER, "{\"iss\":\"a\",\"iss\":\"b\"}", TestKeys.RSA)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void refusesTextOfAnotherShape(String defect, String text) {
    assertThat(refusal(() -> CompactJws.parse(text))).as(defect).isEqualTo(Check.FORMAT);
  }

  @Test
  void refusesTokenThatIsTooLarge() {
    String token = TokenForge.sign(HEADER, PAYLOAD, TestKeys.RSA);

    assertThat(refusal(() -> CompactJws.parse(token + "A".repeat(CompactJws.SIZE_LIMIT_CHARS))))
        .isEqualTo(Check.SIZE);
  }

  @Property(tries = 500)
  void anyTextIsATokenOrRefused(@ForAll String text, @ForAll byte[] header) {
    for (String candidate :
        new String[] {text, TokenForge.encode(header) + "." + text + "." + text}) {
      try {
        assertThat(CompactJws.parse(candidate)).isNotNull();
      } catch (JwsRefusedException expected) {
        assertThat(expected.check()).isNotNull();
      }
    }
  }

  @Test
  void showsNothingOfTheToken() throws Exception {
    CompactJws jws = CompactJws.parse(TokenForge.sign(HEADER, PAYLOAD, TestKeys.RSA));

    assertThat(jws.toString()).isEqualTo("CompactJws[redacted]");
    assertThat(keySet().verify(jws).toString()).isEqualTo("VerifiedJws[redacted]");
  }
}
