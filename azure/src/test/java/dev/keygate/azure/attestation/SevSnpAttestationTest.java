package dev.keygate.azure.attestation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keygate.azure.jose.Jwks;
import dev.keygate.azure.testing.FakeTime;
import dev.keygate.azure.testing.ScriptedExchange;
import dev.keygate.azure.testing.TestKeys;
import dev.keygate.azure.testing.TokenForge;
import dev.keygate.endpoint.AuthorityEndpoint;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.failure.UnavailableException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Evidence of the processor alone: what is asked, and which token is believed. */
class SevSnpAttestationTest {

  private static final AuthorityEndpoint WEST =
      new AuthorityEndpoint("sharedweu.weu.attest.azure.net");
  private static final SnpAttestationRequest REQUEST =
      new SnpAttestationRequest(Bytes.fromHex("fbff"), "PEM", Bytes.ofUtf8("{\"keys\":[]}"));
  private static final BigInteger MODULUS = BigInteger.TWO.pow(2047).add(BigInteger.ONE);
  private static final String HEADER = "{\"alg\":\"RS256\",\"kid\":\"one\"}";
  private static final String PAYLOAD =
      """
      {"iss":"https://sharedweu.weu.attest.azure.net","iat":1800000000,"nbf":1800000000,
       "exp":1800028800,"jti":"abc","x-ms-runtime":{"nonce":"my-nonce",
        "keys":[{"e":"AQAB","key_ops":["encrypt"],"kid":"KeygateTransferKey","kty":"RSA",
         "n":"@N@"}]}}\
      """
          .replace("@N@", encode(MODULUS));

  private final ScriptedExchange exchange = new ScriptedExchange();
  private final MaaHttpClient client = new MaaHttpClient(exchange, new FakeTime());

  @Test
  void sendsTheReportAsTheInterfaceSays() throws Exception {
    exchange.answer(200, "{\"token\":\"" + signed(PAYLOAD) + "\"}");

    client.attestSevSnp(WEST, REQUEST);

    assertThat(exchange.onlyCall().uri())
        .hasToString(
            "https://sharedweu.weu.attest.azure.net/attest/SevSnpVm?api-version=2022-08-01");
    assertThat(exchange.onlyCall().headers()).doesNotContainKey("Authorization");
    ObjectMapper mapper = new ObjectMapper();
    JsonNode body = mapper.readTree(exchange.onlyCall().payload().body().utf8());
    assertThat(body.at("/runtimeData"))
        .isEqualTo(mapper.readTree("{\"data\":\"eyJrZXlzIjpbXX0\",\"dataType\":\"JSON\"}"));
    byte[] report =
        Base64.getUrlDecoder()
            .decode(body.at("/report").asText().getBytes(StandardCharsets.US_ASCII));
    assertThat(new String(report, StandardCharsets.UTF_8))
        .isEqualTo("{\"SnpReport\":\"-_8\",\"VcekCertChain\":\"UEVN\"}");
    assertThat(body.size()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"token\":7}", "{\"token\":\"x\"}", "[]", "<html>"})
  void refusesAnAnswerWithoutAToken(String body) {
    exchange.answer(200, body);

    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> client.attestSevSnp(WEST, REQUEST))
        .matches(refused -> refused.reason() == Reason.AttestationTokenInvalid);
  }

  @Test
  void saysWhetherTimeMayCureIt() {
    exchange.answer(503, "{}");
    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(() -> client.attestSevSnp(WEST, REQUEST));

    exchange.answer(400, "{}");
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> client.attestSevSnp(WEST, REQUEST))
        .matches(refused -> refused.reason() == Reason.AttestationRefused);
  }

  @Test
  void believesATokenWithOurNonceAndKey() throws Exception {
    assertThat(verify(PAYLOAD).issuer()).isEqualTo(WEST);
  }

  @ParameterizedTest
  @CsvSource({
    "my-nonce, my-once",
    "my-nonce, bXktbm9uY2U=",
    "'\"nonce\":\"my-nonce\",', ''",
    "KeygateTransferKey, TpmEphemeralEncryptionKey",
    "KeygateTransferKey, HCLEkPub",
    "AQAB, Aw",
    "x-ms-runtime, x-ms-inittime",
    "sharedweu.weu, sharedneu.neu",
    "1800028800, 1700028800"
  })
  void refusesATokenThatSaysSomethingElse(String from, String to) {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> verify(PAYLOAD.replace(from, to)))
        .matches(refused -> refused.reason() == Reason.AttestationTokenInvalid);
  }

  /** A key of the paravisor is nobody's transfer key. */
  @Test
  void refusesATokenWhoseFirstKeyIsAnother() {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(
            () ->
                verify(
                    PAYLOAD.replace(
                        "\"keys\":[", "\"keys\":[{\"kid\":\"HCLAkPub\",\"kty\":\"RSA\"},")));
  }

  private static VerifiedToken verify(String payload) throws Exception {
    RSAPublicKey key = (RSAPublicKey) TestKeys.RSA.getPublic();
    String keys =
        "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"one\",\"n\":\""
            + encode(key.getModulus())
            + "\",\"e\":\"AQAB\"}]}";
    return TokenVerifier.verifySevSnp(
        AttestationToken.parse(signed(payload)),
        Set.of(WEST),
        new IssuerKeys(WEST, Jwks.parse(Bytes.ofUtf8(keys))),
        new TokenExpectations(
            "my-nonce",
            new TokenExpectations.TransferPublicKey(MODULUS, BigInteger.valueOf(65_537)),
            Instant.ofEpochSecond(1_800_000_000L),
            Duration.ofSeconds(60)));
  }

  private static String signed(String payload) {
    return TokenForge.sign(HEADER, payload, TestKeys.RSA);
  }

  private static String encode(BigInteger number) {
    byte[] signed = number.toByteArray();
    return TokenForge.encode(
        signed[0] == 0 ? Arrays.copyOfRange(signed, 1, signed.length) : signed);
  }
}
