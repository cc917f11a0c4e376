package dev.keygate.azure.thim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.azure.http.ImdsEndpoint;
import dev.keygate.azure.testing.CertificateForge;
import dev.keygate.azure.testing.CertificateForge.Issuer;
import dev.keygate.azure.testing.CertificateForge.Leaf;
import dev.keygate.azure.testing.FakeTime;
import dev.keygate.azure.testing.LoopbackLab;
import dev.keygate.azure.testing.ScriptedExchange;
import dev.keygate.azure.testing.TestKeys;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.failure.UnavailableException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThimHttpClientTest {

  private static final Issuer ARK = CertificateForge.root("ARK");
  private static final Issuer ASK = CertificateForge.subordinate("ASK", ARK);
  private static final X509Certificate VCEK =
      CertificateForge.leaf(ASK, Leaf.of(TestKeys.RSA.getPublic()));
  private static final String VCEK_PEM = CertificateForge.pem(VCEK);
  private static final String CHAIN_PEM =
      CertificateForge.pem(ASK.certificate()) + CertificateForge.pem(ARK.certificate());

  private final ScriptedExchange exchange = new ScriptedExchange();
  private final ThimHttpClient client =
      new ThimHttpClient(
          new ImdsEndpoint(URI.create("http://169.254.169.254"), exchange), new FakeTime());

  private static ObjectNode body() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("vcekCert", VCEK_PEM)
        .put("tcbm", "DB18000000000004")
        .put("certificateChain", CHAIN_PEM)
        .put("cacheControl", "86400");
  }

  @Test
  void readsTheHostsEndorsement() throws Exception {
    exchange.answer(200, body().toString());

    AmdCertification certification = client.amdCertification();

    assertThat(certification.pem()).isEqualTo(VCEK_PEM + CHAIN_PEM);
    assertThat(certification.chain().endorsementKey()).isEqualTo(VCEK);
    assertThat(certification.chain().root()).isEqualTo(ARK.certificate());
    assertThat(certification.tcb().raw()).isEqualTo(0xDB18000000000004L);
    assertThat(certification.cacheFor()).isEqualTo(Duration.ofDays(1));
    assertThat(exchange.onlyCall().uri())
        .hasToString("http://169.254.169.254/metadata/THIM/amd/certification");
    assertThat(exchange.onlyCall().headers()).isEqualTo(Map.of("Metadata", "true"));
  }

  @Test
  void readsMembersInAnyCase() throws Exception {
    exchange.answer(
        200,
        body().toString().replace("vcekCert", "VcekCert").replace("cacheControl", "CacheControl"));

    assertThat(client.amdCertification().chain().endorsementKey()).isEqualTo(VCEK);
  }

  @Tag("rival-15")
  @Test
  void insertsTheMissingLineEnd() throws Exception {
    exchange.answer(200, body().put("vcekCert", VCEK_PEM.strip()).toString());

    assertThat(client.amdCertification().pem()).isEqualTo(VCEK_PEM + CHAIN_PEM);
  }

  @Test
  void keepsNothingThatTheHostDoesNotLetBeKept() throws Exception {
    ObjectNode body = body();
    body.remove("cacheControl");
    exchange.answer(200, body.toString());

    assertThat(client.amdCertification().cacheFor()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "vcekCert, ",
    "vcekCert, no certificate",
    "certificateChain, ",
    "certificateChain, no certificates",
    "tcbm, ",
    "tcbm, xyz",
    "tcbm, DB180000000000040",
    "cacheControl, soon"
  })
  void refusesWhatIsNoCollateral(String member, String value) {
    exchange.answer(200, body().put(member, value).toString());

    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(client::amdCertification)
        .satisfies(refused -> assertThat(refused.reason()).isEqualTo(Reason.CollateralMalformed));
  }

  @Tag("rival-10")
  @ParameterizedTest
  @CsvSource({"200, []", "200, <html>", "400, {}", "403, {}"})
  void refusesAnswerWithoutCollateral(int status, String answer) {
    exchange.answer(status, answer);

    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(client::amdCertification)
        .satisfies(refused -> assertThat(refused.reason()).isEqualTo(Reason.CollateralMalformed));
  }

  @Tag("rival-10")
  @ParameterizedTest
  @ValueSource(ints = {404, 408, 410, 429, 500, 503})
  void isUnavailableForWhatTimeMayCure(int status) {
    exchange.answer(status, "{}", Map.of("Retry-After", "3"));

    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(client::amdCertification)
        .satisfies(
            failure -> {
              assertThat(failure.reason()).isEqualTo(Reason.CollateralUnavailable);
              assertThat(failure.retryAfter()).contains(Duration.ofSeconds(3));
            });
  }

  @Test
  void asksTheMetadataServiceItself() throws Exception {
    AtomicReference<String> metadata = new AtomicReference<>("");
    try (LoopbackLab lab = new LoopbackLab()) {
      lab.serveImds(
          "/metadata/THIM/amd/certification",
          call -> {
            metadata.set(call.getRequestHeaders().getFirst("Metadata"));
            LoopbackLab.respond(call, 200, body().toString());
          });

      AmdCertification certification =
          new ThimHttpClient(ImdsEndpoint.of(lab.network()), new FakeTime()).amdCertification();

      assertThat(certification.chain().endorsementKey()).isEqualTo(VCEK);
    }
    assertThat(metadata.get()).isEqualTo("true");
  }

  @Test
  void readsWhatARealHostServed() throws Exception {
    Path recorded = Path.of(System.getProperty("keygate.vectors", ""), "thim/host-amd-cert-base64");
    Assumptions.assumeTrue(
        Files.exists(recorded), "skipped: no recorded evidence in " + recorded.getParent());
    byte[] json = Base64.getMimeDecoder().decode(Files.readString(recorded));
    exchange.answer(200, new String(json, StandardCharsets.UTF_8));

    AmdCertification certification = client.amdCertification();

    assertThat(certification.chain().endorsementKey().getSubjectX500Principal().getName())
        .contains("SEV-VCEK");
    assertThat(certification.cacheFor()).isEqualTo(Duration.ofDays(1));
  }
}
