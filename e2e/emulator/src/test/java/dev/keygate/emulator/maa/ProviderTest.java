package dev.keygate.emulator.maa;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.entra.Audience;
import dev.keygate.emulator.jose.CompactJws;
import dev.keygate.emulator.json.Base64Text;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.json.MalformedTextException;
import dev.keygate.emulator.maa.policy.AttestationPolicy;
import dev.keygate.emulator.maa.policy.AuthorizationRule;
import dev.keygate.emulator.maa.token.SigningKeys;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.endorsement.EndorsementChain;
import dev.keygate.evidence.endorsement.PinnedRoots;
import dev.keygate.evidence.snp.SnpReport;
import dev.keygate.evidence.verify.SnpExpectations;
import dev.keygate.evidence.verify.SnpReportVerifier;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1UTF8String;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init") // JUnit sets the fields before each test
class ProviderTest {

  private static final String VERSION = "?api-version=2022-08-01";

  private static MaaBench bench;

  @BeforeAll
  static void start() {
    bench = new MaaBench();
  }

  @BeforeEach
  void renew() {
    bench.renew();
  }

  @Test
  @Tag("azure-35")
  void signsForEightHoursInItsOwnName() throws Exception {
    MaaBench.Reply reply = bench.snp(bench.body(bench.report()));
    JsonNode claims = reply.claims();

    assertThat(claims.path("iss").asText()).isEqualTo(MaaBench.ISSUER);
    assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isEqualTo(28_800);
    assertThat(claims.path("nbf")).isEqualTo(claims.path("iat"));
    assertThat(claims.path("jti").asText()).matches("[0-9a-f]{64}");
    assertThat(claims.path("x-ms-ver").asText()).isEqualTo("1.0");
    ObjectNode header = header(reply.json().path("token").asText());
    assertThat(header.path("alg").asText()).isEqualTo("RS256");
    assertThat(header.path("typ").asText()).isEqualTo("JWT");
    assertThat(header.path("jku").asText()).isEqualTo(MaaBench.ISSUER + "/certs");
    assertThat(header.path("kid").asText()).endsWith("=");
    assertThat(bench.isPublished(reply.token())).isTrue();
  }

  @Test
  @Tag("azure-35")
  void givesEachTokenAnIdOfItsOwn() {
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      ids.add(bench.snp(bench.body(bench.report())).claims().path("jti").asText());
    }

    assertThat(ids).hasSize(20);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/certs", "/.well-known/openid-configuration", "/CERTS/"})
  @Tag("azure-36")
  void describesItselfToAnyone(String target) {
    assertThat(bench.get(target).status()).isEqualTo(200);
    assertThat(bench.get(target + VERSION).status()).isEqualTo(200);
  }

  @Test
  @Tag("azure-36")
  void publishesSeveralKeysThatCertifyThemselves() throws Exception {
    List<X509Certificate> certificates = certificates();

    assertThat(certificates).hasSizeGreaterThan(1);
    for (X509Certificate one : certificates) {
      assertThat(one.getSubjectX500Principal().getName()).isEqualTo("CN=" + MaaBench.ISSUER);
      assertThat(one.getIssuerX500Principal()).isEqualTo(one.getSubjectX500Principal());
      one.verify(one.getPublicKey());
    }
    JsonNode metadata = bench.get("/.well-known/openid-configuration").json();
    assertThat(metadata.path("issuer").asText()).isEqualTo(MaaBench.ISSUER);
    assertThat(metadata.path("jwks_uri").asText()).isEqualTo(MaaBench.ISSUER + "/certs");
  }

  @Test
  @Tag("azure-36")
  void carriesEvidenceOfItsOwnEnclaveInEachCertificate() throws Exception {
    for (X509Certificate one : certificates()) {
      assertThat(extension(one, "2")).isEqualTo("acisevsnp");
      ObjectNode evidence = Json.parseObject(extension(one, "1"));
      SnpReport report =
          SnpReport.parse(Bytes.copyOf(Base64Text.decode(evidence.path("SnpReport").asText())));
      String chain =
          new String(
              Base64Text.decode(evidence.path("VcekCertChain").asText()),
              StandardCharsets.US_ASCII);
      String pem =
          "-----BEGIN PUBLIC KEY-----\n"
              + Base64.getMimeEncoder(64, new byte[] {'\n'})
                  .encodeToString(one.getPublicKey().getEncoded())
              + "\n-----END PUBLIC KEY-----\n\0";
      Bytes bound = Bytes.concat(Bytes.ofUtf8(pem).sha256(), Bytes.zeros(32));
      new SnpReportVerifier(PinnedRoots.amd().plus(bench.amd.arkDigest()))
          .verify(
              report,
              EndorsementChain.parsePem(chain),
              SnpExpectations.strict().acceptMissingRevocationLists().reportData(bound),
              bench.time.now());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"n-1\"", "\"\"", "18446744073709551615", "0"})
  @Tag("azure-37")
  void givesTheNonceBackAsItWas(String nonce) throws Exception {
    ObjectNode body = bench.body(bench.report());
    body.setAll(Json.parseObject("{\"nonce\":" + nonce + "}"));

    JsonNode claims = bench.snp(body).claims();

    assertThat(claims.path("nonce").toString()).isEqualTo(nonce);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.5", "true", "[]", "{}"})
  @Tag("azure-37")
  void refusesOtherNonces(String nonce) throws Exception {
    ObjectNode body = bench.body(bench.report());
    body.setAll(Json.parseObject("{\"nonce\":" + nonce + "}"));

    assertThat(bench.snp(body).status()).isEqualTo(400);
  }

  @Test
  @Tag("azure-37")
  void issuesUnsecuredTokenUnderADraftOfTheDefaultPolicy() throws Exception {
    String draft = "version= 1.0;\nauthorizationrules {\n  => permit();\n};\nissuancerules {};\n";

    MaaBench.Reply reply =
        bench.snp(bench.body(bench.report()).put("draftPolicyForAttestation", draft));

    String token = reply.json().path("token").asText();
    assertThat(token).endsWith(".");
    assertThat(header(token).path("alg").asText()).isEqualTo("none");
    assertThat(reply.claims().path("x-ms-policy-hash").asText())
        .isEqualTo(new AttestationPolicy(draft).hash());
    assertThat(bench.isPublished(reply.token())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nothing",
        "version= 1.0;authorizationrules{=> deny();};issuancerules{};",
        "version= 1.1;authorizationrules{=> permit();};issuancerules{};",
        "version= 1.0;authorizationrules{=> permit();}"
      })
  @Tag("azure-37")
  void refusesOtherDrafts(String draft) {
    MaaBench.Reply snp =
        bench.snp(bench.body(bench.report()).put("draftPolicyForAttestation", draft));
    MaaBench.Reply tdx =
        bench.tdx(MaaBench.body(bench.quote()).put("draftPolicyForAttestation", draft));

    assertThat(snp.status()).isEqualTo(400);
    assertThat(snp.code()).isEqualTo("PolicyParsingError");
    assertThat(tdx.code()).isEqualTo("PolicyParsingError");
  }

  @Test
  @Tag("azure-38")
  void deniesEverybodyWhereItsPolicyDoes() {
    bench.maa.authorize(AuthorizationRule.DENY);
    MaaBench.Reply denied = bench.snp(bench.body(bench.report()));
    assertThat(denied.status()).isEqualTo(400);
    assertThat(denied.code()).isEqualTo("PolicyEvaluationError");

    bench.maa.authorize(AuthorizationRule.PERMIT);
    assertThat(bench.snp(bench.body(bench.report())).status()).isEqualTo(200);
  }

  @Test
  void showsItsPolicyAndItsSigners() throws Exception {
    String bearer = bench.bearer(Audience.ATTESTATION);

    CompactJws policy = bench.get("/policies/SevSnpVm" + VERSION, "Authorization", bearer).token();
    CompactJws signers = bench.get("/certificates" + VERSION, "Authorization", bearer).token();

    assertThat(bench.isPublished(policy)).isTrue();
    CompactJws stored = MaaBench.jws(policy.unverifiedClaims().path("x-ms-policy").asText());
    String text = stored.unverifiedClaims().path("AttestationPolicy").asText();
    assertThat(new String(Base64Text.decode(text), StandardCharsets.UTF_8))
        .isEqualTo(AttestationPolicy.DEFAULT.text());
    assertThat(Base64Text.url(Bytes.ofUtf8(text).sha256().toArray()))
        .isEqualTo(
            bench.snp(bench.body(bench.report())).claims().path("x-ms-policy-hash").asText());
    assertThat(bench.isPublished(signers)).isTrue();
    assertThat(signers.unverifiedClaims().at("/x-ms-policy-certificates/keys").isArray()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/policies/Unknown,400,InvalidParameter",
    "DELETE,/policies/SevSnpVm,405,MethodNotAllowed",
    "POST,/policies/SevSnpVm,405,MethodNotAllowed",
    "PUT,/certificates,405,MethodNotAllowed",
    "GET,/certificates:add,405,MethodNotAllowed",
    "PUT,/policies/SevSnpVm,401,Unauthorized",
    "POST,/policies/SevSnpVm:reset,401,Unauthorized",
    "POST,/certificates:add,401,Unauthorized",
    "POST,/certificates:remove,401,Unauthorized"
  })
  @Tag("azure-38")
  void letsNobodyChangeIt(String method, String path, int status, String code) {
    String bearer = bench.bearer(Audience.ATTESTATION);

    MaaBench.Reply reply =
        MaaBench.ask(bench.maa, method, path + VERSION, "{}", "Authorization", bearer);

    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.code()).isEqualTo(code);
  }

  @Test
  void takesNoChangesWhileItIsFailedOver() {
    bench.maa.keys().answerFrom(SigningKeys.Region.PAIRED);
    String bearer = bench.bearer(Audience.ATTESTATION);
    String target = "/policies/SevSnpVm" + VERSION;

    assertThat(MaaBench.ask(bench.maa, "PUT", target, "", "Authorization", bearer).status())
        .isEqualTo(503);
    assertThat(bench.get(target, "Authorization", bearer).status()).isEqualTo(200);
  }

  @Test
  @Tag("azure-38")
  void showsItsPolicyToNobodyUnknown() {
    String vault = bench.bearer(Audience.VAULT);
    String good = bench.bearer(Audience.ATTESTATION);
    List<String> bad = new ArrayList<>(List.of("", "Bearer ", "Bearer x", "Basic a", vault));
    bad.add(good.substring(0, good.length() - 8) + "AAAAAAAA");
    for (String bearer : bad) {
      MaaBench.Reply reply = bench.get("/policies/SevSnpVm" + VERSION, "Authorization", bearer);
      assertThat(reply.status()).isEqualTo(401);
      assertThat(reply.code()).isEqualTo("Unauthorized");
      assertThat(reply.response().headers().get("WWW-Authenticate"))
          .contains("resource=\"https://attest.azure.net\"");
    }
    bench.time.shift(Duration.ofHours(2));
    assertThat(bench.get("/policies/SevSnpVm" + VERSION, "Authorization", good).status())
        .isEqualTo(401);
  }

  @Test
  void mintsTokensOfAnyDescription() throws Exception {
    ObjectNode described = Json.parseObject("{\"x-ms-attestation-type\":\"sgx\",\"exp\":null}");
    described.put("iss", "https://other").put("nbf", 7);

    CompactJws token = MaaBench.jws(bench.maa.mint(described));

    assertThat(bench.isPublished(token)).isTrue();
    JsonNode claims = token.unverifiedClaims();
    assertThat(claims.path("x-ms-attestation-type").asText()).isEqualTo("sgx");
    assertThat(claims.path("iss").asText()).isEqualTo("https://other");
    assertThat(claims.path("nbf").asInt()).isEqualTo(7);
    assertThat(claims.has("exp")).isFalse();
    assertThat(claims.has("jti")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"429,TooManyRequests", "500,InternalServerError", "503,ServiceUnavailable"})
  @Tag("azure-38")
  void hasOneShapeForFailuresOfAnyKind(int status, String code) throws Exception {
    JsonNode body = Json.parseObject(bench.maa.failure(status, "Slow down.").body());

    assertThat(body.at("/error/code").asText()).isEqualTo(code);
    assertThat(body.at("/error/message").asText()).isEqualTo("Slow down.");
  }

  private List<X509Certificate> certificates() throws Exception {
    List<X509Certificate> all = new ArrayList<>();
    for (JsonNode key : bench.get("/certs").json().path("keys")) {
      assertThat(key.path("x5c")).hasSize(1);
      byte[] der = Base64.getDecoder().decode(key.path("x5c").path(0).asText());
      all.add(
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(der)));
    }
    assertThat(all.getFirst().getSerialNumber()).isPositive().isNotEqualTo(BigInteger.ZERO);
    return all;
  }

  private static String extension(X509Certificate certificate, String last) {
    byte[] value = certificate.getExtensionValue("1.3.6.1.4.1.311.105.1000." + last);
    return ASN1UTF8String.getInstance(ASN1OctetString.getInstance(value).getOctets()).getString();
  }

  private static ObjectNode header(String token) throws MalformedTextException {
    String part = token.substring(0, token.indexOf('.'));
    return Json.parseObject(new String(Base64Text.decode(part), StandardCharsets.UTF_8));
  }
}
