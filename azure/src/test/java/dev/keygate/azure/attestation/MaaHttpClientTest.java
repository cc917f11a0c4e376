package dev.keygate.azure.attestation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.azure.attestation.GuestAttestationRequest.BootState;
import dev.keygate.azure.attestation.TpmEvidence.AttestationKey;
import dev.keygate.azure.attestation.TpmEvidence.Signed;
import dev.keygate.azure.attestation.TpmEvidence.TransferKey;
import dev.keygate.azure.http.JavaHttpExchange;
import dev.keygate.azure.http.Timeouts;
import dev.keygate.azure.testing.FakeTime;
import dev.keygate.azure.testing.LoopbackLab;
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
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaaHttpClientTest {

  private static final AuthorityEndpoint WEST =
      new AuthorityEndpoint("sharedweu.weu.attest.azure.net");
  private static final AuthorityEndpoint NORTH =
      new AuthorityEndpoint("sharedneu.neu.attest.azure.net");
  private static final String JWS =
      TokenForge.sign("{\"alg\":\"RS256\",\"kid\":\"new\"}", "{}", TestKeys.RSA);

  private final FakeTime time = new FakeTime();
  private final ScriptedExchange exchange = new ScriptedExchange();
  private final MaaHttpClient client = new MaaHttpClient(exchange, time);

  private static GuestAttestationRequest request() {
    Bytes digest = Bytes.zeros(32);
    return new GuestAttestationRequest(
        new BootState(new GuestOs("Linux", "Ubuntu", 24, 4), Bytes.fromHex("aa")),
        Map.of("nonce", "1234"),
        new TpmEvidence(
            new AttestationKey(Bytes.fromHex("01"), Bytes.fromHex("02")),
            new Signed(Bytes.fromHex("03"), Bytes.fromHex("04")),
            List.of(new GuestPcr(0, digest), new GuestPcr(1, digest)),
            new TransferKey(
                Bytes.fromHex("05"), new Signed(Bytes.fromHex("06"), Bytes.fromHex("fbff")))),
        new IsolationEvidence.SevSnp(Bytes.fromHex("fbff"), "PEM", Bytes.ofUtf8("{\"keys\":[]}")));
  }

  private static String keySet(String... keyIds) {
    BigInteger modulus = ((RSAPublicKey) TestKeys.RSA.getPublic()).getModulus();
    StringBuilder keys = new StringBuilder();
    for (String keyId : keyIds) {
      keys.append(keys.isEmpty() ? "" : ",")
          .append("{\"kty\":\"RSA\",\"kid\":\"" + keyId + "\",\"e\":\"AQAB\",\"n\":\"")
          .append(TokenForge.encode(modulus.toByteArray()))
          .append("\"}");
    }
    return "{\"keys\":[" + keys + "]}";
  }

  @Test
  void sendsTheEvidenceAsMicrosoftsClientDoes() throws Exception {
    exchange.answer(200, sealed());

    client.attestAzureGuest(WEST, request());

    assertThat(exchange.onlyCall().uri())
        .hasToString(
            "https://sharedweu.weu.attest.azure.net/attest/AzureGuest?api-version=2020-10-01");
    assertThat(exchange.onlyCall().headers()).doesNotContainKey("Authorization");
    ObjectMapper mapper = new ObjectMapper();
    JsonNode body = mapper.readTree(exchange.onlyCall().payload().body().utf8());
    JsonNode sent =
        mapper.readTree(Base64.getUrlDecoder().decode(body.get("AttestationInfo").textValue()));
    assertThat(body.get("AttestationInfo").textValue()).doesNotContain("=");
    assertThat(body.size()).isEqualTo(1);
    JsonNode proof =
        mapper.readTree(standard(sent.at("/IsolationInfo/Evidence/Proof").textValue()));
    assertThat(proof)
        .isEqualTo(mapper.readTree("{\"SnpReport\":\"-_8\",\"VcekCertChain\":\"UEVN\"}"));
    ((ObjectNode) sent.at("/IsolationInfo/Evidence")).remove("Proof");
    assertThat(sent)
        .isEqualTo(
            mapper.readTree(
                """
                {"AttestationProtocolVersion":"2.0","OSType":"TGludXg=","OSDistro":"VWJ1bnR1",
                 "OSVersionMajor":24,"OSVersionMinor":4,"OSBuild":"Tm90QXBwbGljYXRpb24=",
                 "TcgLogs":"qg==","ClientPayload":{"nonce":"MTIzNA=="},
                 "TpmInfo":{"AikCert":"AQ==","AikPub":"Ag==","PcrQuote":"Aw==","PcrSignature":"BA==",
                  "PcrSet":[0,1],"PCRs":[
                   {"Index":0,"Digest":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="},
                   {"Index":1,"Digest":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="}],
                  "EncKeyPub":"BQ==","EncKeyCertifyInfo":"Bg==","EncKeyCertifyInfoSignature":"+/8="},
                 "IsolationInfo":{"Type":"SevSnp","Evidence":{"RunTimeData":"eyJrZXlzIjpbXX0="}}}\
                """));
  }

  private static byte[] standard(String base64) {
    return Base64.getDecoder().decode(base64.getBytes(StandardCharsets.US_ASCII));
  }

  private static String sealed() {
    return "{\"token\":\"" + SealedTokenForge.seal(JWS, new byte[32]).token() + "\"}";
  }

  @Test
  void opensWhatComesBackOverTls() throws Exception {
    try (LoopbackLab lab = new LoopbackLab();
        JavaHttpExchange tls = JavaHttpExchange.overTls(lab.network(), Timeouts.REMOTE)) {
      lab.serve("/attest/AzureGuest", call -> LoopbackLab.respond(call, 200, sealed()));

      SealedToken token = new MaaHttpClient(tls, time).attestAzureGuest(WEST, request());

      assertThat(token.open(new byte[32]).reveal()).isEqualTo(JWS);
      assertThat(lab.tunnels()).containsExactly("sharedweu.weu.attest.azure.net:443");
    }
  }

  @Test
  void namesTheCodeOfARefusal() {
    exchange.answer(400, "{\"error\":{\"code\":\"PolicyEvaluationError\",\"message\":\"s3cret\"}}");

    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> client.attestAzureGuest(WEST, request()))
        .satisfies(
            refused -> {
              assertThat(refused.reason()).isEqualTo(Reason.AttestationRefused);
              assertThat(refused.getMessage())
                  .contains("PolicyEvaluationError")
                  .doesNotContain("s3cret");
            });
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 503})
  void isUnavailableForWhatTimeMayCure(int status) {
    exchange.answer(status, "{}", Map.of("Retry-After", "9"));

    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(() -> client.attestAzureGuest(WEST, request()))
        .satisfies(
            failure -> {
              assertThat(failure.reason()).isEqualTo(Reason.AttestationUnavailable);
              assertThat(failure.retryAfter()).contains(Duration.ofSeconds(9));
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"token\":7}", "{\"token\":\"***\"}", "[]", "<html>", "\"x\""})
  void refusesAnswerWithoutASealedToken(String body) {
    exchange.answer(200, body);

    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> client.attestAzureGuest(WEST, request()))
        .satisfies(
            refused -> assertThat(refused.reason()).isEqualTo(Reason.AttestationTokenInvalid));
  }

  @Test
  void keepsTheKeysForAnHour() throws Exception {
    exchange.answer(200, keySet("old")).answer(200, keySet("old", "new"));

    assertThat(client.certs(WEST).keys().keyIds()).containsExactly("old");
    time.advance(Duration.ofMinutes(59));
    assertThat(client.certs(WEST).keys().keyIds()).containsExactly("old");
    time.advance(Duration.ofMinutes(1));
    assertThat(client.certs(WEST).keys().keyIds()).containsExactlyInAnyOrder("old", "new");

    assertThat(exchange.calls().getFirst().uri())
        .hasToString("https://sharedweu.weu.attest.azure.net/certs");
  }

  @Test
  void keepsTheKeysOfEachAuthorityApart() throws Exception {
    exchange.answer(200, keySet("west")).answer(200, keySet("north"));

    assertThat(client.certs(WEST).keys().keyIds()).containsExactly("west");
    assertThat(client.certs(NORTH).keys().keyIds()).containsExactly("north");
    assertThat(client.certs(NORTH).issuer()).isEqualTo(NORTH);
    assertThat(exchange.calls()).hasSize(2);
  }

  @Test
  void fetchesAnewForAKeyItDoesNotKnow() throws Exception {
    exchange.answer(200, keySet("old")).answer(200, keySet("old", "new"));
    client.certs(WEST);
    time.advance(Duration.ofSeconds(30));

    IssuerKeys keys = client.certsFor(WEST, AttestationToken.parse(JWS));

    assertThat(keys.keys().keyIds()).contains("new");
    client.certsFor(WEST, AttestationToken.parse(JWS));
    assertThat(exchange.calls()).hasSize(2);
  }

  @Test
  void tokensOfUnknownKeysCannotMakeItAskAllTheTime() throws Exception {
    exchange.answer(200, keySet("old")).answer(200, keySet("old"));
    AttestationToken token = AttestationToken.parse(JWS);

    client.certsFor(WEST, token);
    client.certsFor(WEST, token);
    time.advance(Duration.ofSeconds(29));
    client.certsFor(WEST, token);
    assertThat(exchange.calls()).hasSize(1);

    time.advance(Duration.ofSeconds(1));
    client.certsFor(WEST, token);
    assertThat(exchange.calls()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "200, [], AttestationTokenInvalid",
    "200, {}, AttestationTokenInvalid",
    "200, <html>, AttestationTokenInvalid",
    "404, {}, AttestationTokenInvalid"
  })
  void refusesAnswerWithoutAKeySet(int status, String body, Reason reason) {
    exchange.answer(status, body);

    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> client.certs(WEST))
        .satisfies(refused -> assertThat(refused.reason()).isEqualTo(reason));
  }
}
