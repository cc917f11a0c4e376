package dev.keygate.azure.attestation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keygate.azure.attestation.TokenExpectations.TransferPublicKey;
import dev.keygate.azure.jose.Jwks;
import dev.keygate.azure.testing.TestKeys;
import dev.keygate.azure.testing.TokenForge;
import dev.keygate.endpoint.AuthorityEndpoint;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenVerifierTest {

  private static final AuthorityEndpoint WEST =
      new AuthorityEndpoint("sharedweu.weu.attest.azure.net");
  private static final AuthorityEndpoint NORTH =
      new AuthorityEndpoint("sharedneu.neu.attest.azure.net");
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000L);
  private static final Duration SKEW = Duration.ofSeconds(60);
  private static final BigInteger MODULUS = BigInteger.TWO.pow(2047).add(BigInteger.ONE);
  private static final TransferPublicKey OURS =
      new TransferPublicKey(MODULUS, BigInteger.valueOf(65_537));
  private static final String HEADER =
      "{\"alg\":\"RS256\",\"kid\":\"one\",\"jku\":\"https://evil.test/certs\"}";
  private static final String PAYLOAD =
      """
      {"iss":"https://sharedweu.weu.attest.azure.net","iat":1800000000,"nbf":1800000000,
       "exp":1800028800,"jti":"abc","secureboot":true,
       "x-ms-runtime":{"client-payload":{"nonce":"bXktbm9uY2U="},
        "keys":[{"e":"AQAB","key_ops":["encrypt"],"kid":"TpmEphemeralEncryptionKey","kty":"RSA",
         "n":"@N@"},{"kid":"other"}]}}"""
          .replace("@N@", encode(MODULUS));

  private static String encode(BigInteger number) {
    byte[] signed = number.toByteArray();
    return TokenForge.encode(
        signed[0] == 0 ? Arrays.copyOfRange(signed, 1, signed.length) : signed);
  }

  private static IssuerKeys keysOf(AuthorityEndpoint issuer, KeyPair keys) throws Exception {
    RSAPublicKey key = (RSAPublicKey) keys.getPublic();
    String json =
        "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"one\",\"n\":\""
            + encode(key.getModulus())
            + "\",\"e\":\"AQAB\"}]}";
    return new IssuerKeys(issuer, Jwks.parse(Bytes.ofUtf8(json)));
  }

  private static TokenExpectations expected() {
    return new TokenExpectations("my-nonce", OURS, NOW, SKEW);
  }

  private static VerifiedToken verify(String payload, TokenExpectations expectations)
      throws Exception {
    AttestationToken token = AttestationToken.parse(TokenForge.sign(HEADER, payload, TestKeys.RSA));
    return TokenVerifier.verify(
        token, Set.of(WEST, NORTH), keysOf(WEST, TestKeys.RSA), expectations);
  }

  private static void assertRefused(String check, RefusedException refused) {
    assertThat(refused).as(check).isNotNull();
    assertThat(refused.reason()).isEqualTo(Reason.AttestationTokenInvalid);
    assertThat(refused).hasMessageContaining("the check of " + check + ":");
  }

  private static void assertPayloadRefused(String check, String payload) {
    assertRefused(
        check, catchThrowableOfType(RefusedException.class, () -> verify(payload, expected())));
  }

  @Test
  void acceptsTheTokenOfThisGuest() throws Exception {
    VerifiedToken token = verify(PAYLOAD, expected());

    assertThat(token.issuer()).isEqualTo(WEST);
    assertThat(token.claims().issuer()).contains(WEST.toString());
    assertThat(token.expiresAt()).isEqualTo(NOW.plusSeconds(28_800));
    assertThat(token.idHash())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThat(token.toString()).doesNotContain(token.token().reveal()).doesNotContain("abc,");
    assertThat(token.token().toString()).isEqualTo("AttestationToken[redacted]");
  }

  @Test
  void aTrailingSlashOfTheIssuerIsInsignificant() throws Exception {
    assertThat(verify(PAYLOAD.replace("azure.net\"", "azure.net/\""), expected()).issuer())
        .isEqualTo(WEST);
  }

  static Stream<Arguments> refusesTokenThatSaysSomethingElse() {
    String n = encode(MODULUS);
    return Stream.of(
        Arguments.of("iss", PAYLOAD.replace("sharedweu.weu", "sharedneu.neu")),
        Arguments.of("iss", PAYLOAD.replace("sharedweu.weu", "evil.weu")),
        Arguments.of("iss", PAYLOAD.replace("attest.azure.net", "attest.azure.net.evil.test")),
        Arguments.of("claims", PAYLOAD.replace("\"iss\"", "\"issuer\"")),
        Arguments.of("claims", PAYLOAD.replace("\"exp\"", "\"expires\"")),
        Arguments.of("claims", PAYLOAD.replace("\"nbf\"", "\"notBefore\"")),
        Arguments.of("claims", PAYLOAD.replace("\"jti\"", "\"id\"")),
        Arguments.of("exp", PAYLOAD.replace("1800028800", "-1")),
        Arguments.of("exp", PAYLOAD.replace("1800028800", "999999999999999")),
        Arguments.of("nonce", PAYLOAD.replace("bXktbm9uY2U=", "bXktbm9uY2V=")),
        Arguments.of("nonce", PAYLOAD.replace("bXktbm9uY2U=", "bXktbm9uY2U")),
        Arguments.of("nonce", PAYLOAD.replace("bXktbm9uY2U=", "my-nonce")),
        Arguments.of("nonce", PAYLOAD.replace("bXktbm9uY2U=", "")),
        Arguments.of("claims", PAYLOAD.replace("\"nonce\"", "\"once\"")),
        Arguments.of("claims", PAYLOAD.replace("client-payload", "payload")),
        Arguments.of("claims", PAYLOAD.replace("x-ms-runtime", "x-ms-inittime")),
        Arguments.of("transfer key", PAYLOAD.replace("TpmEphemeral", "Tpm")),
        Arguments.of("transfer key", PAYLOAD.replace("\"RSA\"", "\"EC\"")),
        Arguments.of("transfer key", PAYLOAD.replace("AQAB", "Aw")),
        Arguments.of("transfer key", PAYLOAD.replace(n, encode(MODULUS.add(BigInteger.TWO)))),
        Arguments.of("transfer key", PAYLOAD.replace(n, "**")),
        Arguments.of(
            "transfer key",
            PAYLOAD.replace("\"keys\":[", "\"keys\":[{\"kid\":\"x\",\"kty\":\"RSA\"},")),
        Arguments.of("transfer key", PAYLOAD.replace("\"keys\"", "\"none\"")));
  }

  @ParameterizedTest(name = "{index} {0}")
  @MethodSource
  void refusesTokenThatSaysSomethingElse(String check, String payload) {
    assertPayloadRefused(check, payload);
  }

  @ParameterizedTest
  @CsvSource({"28859, true", "28860, false", "-60, true", "-61, false"})
  void isInForceWithinSixtySecondsOfItsTimes(long seconds, boolean accepted) {
    TokenExpectations at = new TokenExpectations("my-nonce", OURS, NOW.plusSeconds(seconds), SKEW);

    RefusedException refused =
        catchThrowableOfType(RefusedException.class, () -> verify(PAYLOAD, at));

    assertThat(refused == null).isEqualTo(accepted);
  }

  @Test
  void withoutSkewTheTimesAreExact() {
    TokenExpectations early =
        new TokenExpectations("my-nonce", OURS, NOW.minusSeconds(1), Duration.ZERO);

    assertRefused(
        "nbf", catchThrowableOfType(RefusedException.class, () -> verify(PAYLOAD, early)));
  }

  @Test
  void refusesAuthorityThatIsNotPinned() throws Exception {
    AttestationToken token = AttestationToken.parse(TokenForge.sign(HEADER, PAYLOAD, TestKeys.RSA));
    IssuerKeys keys = keysOf(WEST, TestKeys.RSA);

    assertRefused(
        "issuer",
        catchThrowableOfType(
            RefusedException.class,
            () -> TokenVerifier.verify(token, Set.of(NORTH), keys, expected())));
  }

  @Test
  void refusesTokenThatTheIssuersKeyHasNotSigned() throws Exception {
    AttestationToken token =
        AttestationToken.parse(TokenForge.sign(HEADER, PAYLOAD, TestKeys.OTHER_RSA));
    IssuerKeys keys = keysOf(WEST, TestKeys.RSA);

    assertRefused(
        "SIGNATURE",
        catchThrowableOfType(
            RefusedException.class,
            () -> TokenVerifier.verify(token, Set.of(WEST), keys, expected())));
  }

  @Test
  void refusesTokenOfAnotherPinnedAuthorityThanTheOneAsked() throws Exception {
    AttestationToken token = AttestationToken.parse(TokenForge.sign(HEADER, PAYLOAD, TestKeys.RSA));
    IssuerKeys keys = keysOf(NORTH, TestKeys.RSA);

    assertRefused(
        "iss",
        catchThrowableOfType(
            RefusedException.class,
            () -> TokenVerifier.verify(token, Set.of(WEST, NORTH), keys, expected())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"two", ""})
  void refusesTokenOfAnUnknownKey(String keyId) throws Exception {
    String header = "{\"alg\":\"RS256\",\"kid\":\"" + keyId + "\"}";
    AttestationToken token = AttestationToken.parse(TokenForge.sign(header, PAYLOAD, TestKeys.RSA));
    IssuerKeys keys = keysOf(WEST, TestKeys.RSA);

    assertRefused(
        "KEY_ID",
        catchThrowableOfType(
            RefusedException.class,
            () -> TokenVerifier.verify(token, Set.of(WEST), keys, expected())));
  }

  @Test
  void anExpectationWithoutNonceCannotBeMade() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TokenExpectations("", OURS, NOW, SKEW));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TokenExpectations("n", OURS, NOW, Duration.ofSeconds(61)));
  }
}
