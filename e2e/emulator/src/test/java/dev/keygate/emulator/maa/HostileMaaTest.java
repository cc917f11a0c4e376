package dev.keygate.emulator.maa;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keygate.emulator.entra.Audience;
import dev.keygate.emulator.hostile.RandomRequests;
import dev.keygate.emulator.hostile.RandomRequests.Vocabulary;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.json.MalformedTextException;
import dev.keygate.emulator.net.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@SuppressWarnings("NullAway.Init") // JUnit sets the fields before each test
@Tag("azure-38")
class HostileMaaTest {

  private static final int REQUESTS = 10_000;
  private static final Map<String, String> VERSION = Map.of("api-version", "2025-06-01");
  private static final List<String> PLATFORM =
      List.of(
          "report",
          "quote",
          "SnpReport",
          "VcekCertChain",
          "Endorsements",
          "Uvm",
          "runtimeData",
          "initTimeData",
          "data",
          "dataType",
          "nonce",
          "draftPolicyForAttestation");
  private static final List<String> GUEST =
      List.of(
          "AttestationInfo",
          "AttestationProtocolVersion",
          "OSType",
          "TcgLogs",
          "ClientPayload",
          "TpmInfo",
          "AikPub",
          "PcrSet",
          "PCRs",
          "Index",
          "Digest",
          "IsolationInfo",
          "Evidence",
          "Proof",
          "RunTimeData");

  private static MaaBench bench;

  @BeforeAll
  static void start() {
    bench = new MaaBench();
  }

  static Stream<Vocabulary> routes() {
    Map<String, String> bearer = Map.of("Authorization", bench.bearer(Audience.ATTESTATION));
    return Stream.of(
        new Vocabulary(
            "/attest/SevSnpVm", VERSION, Map.of(), PLATFORM, bench.body(bench.report()).toString()),
        new Vocabulary(
            "/attest/TdxVm", VERSION, Map.of(), PLATFORM, MaaBench.body(bench.quote()).toString()),
        new Vocabulary(
            "/attest/AzureGuest",
            VERSION,
            Map.of(),
            GUEST,
            "{\"AttestationInfo\":\"eyJBdHRlc3RhdGlvblByb3RvY29sVmVyc2lvbiI6IjIuMCJ9\"}"),
        new Vocabulary("/attest/SgxEnclave", VERSION, Map.of(), PLATFORM, "{}"),
        new Vocabulary("/policies/SevSnpVm", VERSION, bearer, List.of(), ""),
        new Vocabulary("/certificates", VERSION, bearer, List.of(), ""),
        new Vocabulary("/certs", Map.of(), Map.of(), List.of(), ""),
        new Vocabulary("/.well-known/openid-configuration", Map.of(), Map.of(), List.of(), ""));
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("routes")
  @Timeout(120)
  void answersAnythingInOneShape(Vocabulary route) throws MalformedTextException {
    RandomRequests requests = new RandomRequests(7, route);
    for (int i = 0; i < REQUESTS; i++) {
      HttpResponse response = bench.maa.answer(requests.next());

      JsonNode body = Json.parseObject(response.body());
      assertThat(response.status()).isLessThan(500);
      if (response.status() >= 400) {
        assertThat(body.at("/error/code").asText()).isNotEmpty();
        assertThat(body.at("/error/message").asText()).isNotEmpty().doesNotContain("Exception");
        assertThat(body.path("error")).hasSize(2);
      }
    }
  }
}
