package dev.keygate.emulator.entra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keygate.emulator.hostile.RandomRequests;
import dev.keygate.emulator.hostile.RandomRequests.Vocabulary;
import dev.keygate.emulator.imds.Imds;
import dev.keygate.emulator.imds.MachineIdentities;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.json.MalformedTextException;
import dev.keygate.emulator.net.HttpRequest;
import dev.keygate.emulator.net.HttpResponse;
import dev.keygate.emulator.net.HttpService;
import dev.keygate.emulator.net.LabCertificates;
import dev.keygate.emulator.state.KeyRing;
import dev.keygate.emulator.state.MemoryState;
import dev.keygate.emulator.testing.ShiftedTime;
import dev.keygate.emulator.thim.AmdCollateral;
import dev.keygate.emulator.thim.CollateralDates;
import dev.keygate.emulator.thim.IntelCollateral;
import dev.keygate.emulator.thim.IntelPlatform;
import dev.keygate.emulator.thim.PckFormat;
import dev.keygate.emulator.thim.ThimCache;
import dev.keygate.evidence.testing.SgxPlatform;
import dev.keygate.evidence.testing.SoftwareIntel;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init") // JUnit sets the fields before each test
class HostileIdentityTest {

  private static final int REQUESTS = 10_000;
  private static final UUID TENANT = new UUID(0, 10);
  private static final ServicePrincipal OWN =
      new ServicePrincipal("cvm-1", new UUID(1, 1), new UUID(2, 1));
  private static final List<String> FORM =
      List.of("client_id", "grant_type", "scope", "client_assertion_type", "client_assertion");

  private static Entra entra;
  private static Imds imds;
  private static ThimCache cache;

  @BeforeAll
  static void start() {
    SecureRandom random = new SecureRandom();
    ShiftedTime time = new ShiftedTime();
    KeyRing ring = new KeyRing(new MemoryState(), random);
    LabCertificates certificates = new LabCertificates(ring, random, time);
    AccessTokenIssuer tokens =
        new AccessTokenIssuer(TENANT, certificates.issue("a", List.of("sts")), time);
    entra = new Entra(new Directory(TENANT, List.of(OWN)), tokens, time);
    SoftwareIntel vendor = SoftwareIntel.create(time.now().minus(Duration.ofDays(1)), random);
    IntelCollateral intel =
        new IntelCollateral(
            new IntelPlatform(vendor, SgxPlatform.EMERALD, time),
            () -> PckFormat.JSON,
            () -> CollateralDates.CURRENT);
    imds =
        new Imds(
            new Imds.Instance(new UUID(3, 1), "westeurope"),
            new MachineIdentities(Optional.of(OWN), List.of(OWN)),
            tokens,
            new Host(intel));
    cache = new ThimCache((chip, tcb) -> Optional.empty(), intel);
  }

  /** A host of both vendors. */
  private record Host(IntelCollateral collateral) implements Imds.HostAgent {
    @Override
    public AmdCollateral amdCollateral() {
      return new AmdCollateral("vcek\n", "db18000000000004", "ask\nark\n");
    }

    @Override
    public Optional<HttpResponse> intel(String path, HttpRequest request) {
      return collateral.answer(path, request);
    }
  }

  @AfterAll
  static void end() {
    entra.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "oauth2/v2.0/token",
        "v2.0/.well-known/openid-configuration",
        "discovery/v2.0/keys"
      })
  @Tag("azure-40")
  @Timeout(120)
  void answersAnyTokenRequest(String route) throws MalformedTextException {
    List<String> members = route.endsWith("token") ? FORM : List.of();
    String body =
        "client_id="
            + OWN.clientId()
            + "&grant_type=client_credentials&scope=https%3A%2F%2Fvault.azure.net%2F.default"
            + "&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type"
            + "%3Ajwt-bearer&client_assertion=e30.e30.e30";
    Vocabulary words =
        new Vocabulary(
            "/" + TENANT + "/" + route, Map.of(), Map.of("Host", Entra.HOST), members, body);

    answersAnything(entra, words, "/error", "/error_description");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/metadata/identity/oauth2/token",
        "/metadata/THIM/amd/certification",
        "/metadata/THIM/sgx/certification/v4/pckcert",
        "/metadata/instance/compute/location"
      })
  @Tag("azure-39")
  @Timeout(120)
  void answersAnyMetadataRequest(String route) throws MalformedTextException {
    Map<String, String> parameters =
        Map.of(
            "api-version",
            "2018-02-01",
            "resource",
            "https://vault.azure.net",
            "qeid",
            "00",
            "cpusvn",
            "00".repeat(16),
            "pcesvn",
            "0000",
            "pceid",
            "0000");

    answersAnything(
        imds,
        new Vocabulary(route, parameters, Map.of("Metadata", "true"), List.of(), ""),
        "/error");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/SevSnpVM/certificates/00/00",
        "/sgx/certification/v4/pckcert",
        "/sgx/certification/v3/pckcrl",
        "/sgx/certification/v4/tcb",
        "/tdx/certification/v4/qe/identity",
        "/sgx/certification/v3/rootcacrl",
        "/sgx/certification/v4/crl"
      })
  @Tag("azure-43")
  @Timeout(120)
  void answersAnyCollateralRequest(String route) throws MalformedTextException {
    Map<String, String> parameters =
        Map.of(
            "api-version",
            "2020-10-15-preview",
            "ca",
            "platform",
            "fmspc",
            SgxPlatform.EMERALD.fmspc().hex(),
            "uri",
            "https://example.org",
            "encoding",
            "pem");

    answersAnything(
        cache, new Vocabulary(route, parameters, Map.of(), List.of(), ""), "/error/code");
  }

  private static void answersAnything(HttpService service, Vocabulary words, String... members)
      throws MalformedTextException {
    RandomRequests requests = new RandomRequests(7, words);
    for (int i = 0; i < REQUESTS; i++) {
      HttpResponse response = service.answer(requests.next());

      assertThat(response.status()).isLessThan(500);
      if (response.status() >= 400) {
        JsonNode body = Json.parseObject(response.body());
        for (String member : members) {
          assertThat(body.at(member).isTextual()).as(response.body()).isTrue();
        }
        assertThat(response.body()).doesNotContain("Exception", "\tat ");
      }
    }
  }
}
