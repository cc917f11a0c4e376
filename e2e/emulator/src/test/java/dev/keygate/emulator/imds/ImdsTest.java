package dev.keygate.emulator.imds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.keygate.emulator.entra.AccessTokenIssuer;
import dev.keygate.emulator.entra.ServicePrincipal;
import dev.keygate.emulator.fault.Fault;
import dev.keygate.emulator.fault.FaultEffect;
import dev.keygate.emulator.fault.FaultRoute;
import dev.keygate.emulator.fault.Faults;
import dev.keygate.emulator.fault.FaultyService;
import dev.keygate.emulator.fault.Latency;
import dev.keygate.emulator.jose.CompactJws;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.net.HttpRequest;
import dev.keygate.emulator.net.HttpResponse;
import dev.keygate.emulator.net.LabCertificates;
import dev.keygate.emulator.net.Literal;
import dev.keygate.emulator.net.PlainHttp;
import dev.keygate.emulator.state.KeyRing;
import dev.keygate.emulator.state.MemoryState;
import dev.keygate.emulator.testing.LabClient;
import dev.keygate.emulator.testing.ShiftedTime;
import dev.keygate.emulator.thim.AmdCollateral;
import dev.keygate.time.TimeSource;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init") // JUnit sets the fields before each test
class ImdsTest {

  private static final UUID TENANT = new UUID(0, 10);
  private static final ServicePrincipal OWN =
      new ServicePrincipal("cvm-1", new UUID(1, 1), new UUID(2, 1));
  private static final ServicePrincipal ASSIGNED =
      new ServicePrincipal("workload", new UUID(1, 2), new UUID(2, 2));
  private static final String TOKEN = "/metadata/identity/oauth2/token";
  private static final String GOOD =
      TOKEN + "?api-version=2018-02-01&resource=https%3A%2F%2Fvault.azure.net";

  private static final List<String> MEMBERS =
      List.of(
          "access_token",
          "client_id",
          "expires_in",
          "expires_on",
          "ext_expires_in",
          "not_before",
          "resource",
          "token_type");
  private static final String RESOURCE_ID =
      "%2Fsubscriptions%2F00000000-0000-0000-0000-000000000000%2FresourceGroups%2Flab%2Fproviders"
          + "%2FMicrosoft.ManagedIdentity%2FuserAssignedIdentities%2FWORKLOAD";

  private static ShiftedTime time;
  private static AccessTokenIssuer tokens;
  private static MetadataBudget budget;
  private static PlainHttp http;
  private static LabClient client;

  @BeforeAll
  static void start() throws Exception {
    SecureRandom random = new SecureRandom();
    time = new ShiftedTime();
    KeyRing ring = new KeyRing(new MemoryState(), random);
    ring.prepare(List.of("tls-root", "tls-issuing", "a"));
    LabCertificates certificates = new LabCertificates(ring, random, time);
    tokens = new AccessTokenIssuer(TENANT, certificates.issue("a", List.of("sts")), time);
    MachineIdentities identities = new MachineIdentities(Optional.of(OWN), List.of(OWN, ASSIGNED));
    budget = new MetadataBudget(machine("westeurope", identities), time);
    http = PlainHttp.serve(Literal.loopback(0), budget);
    client = new LabClient(http.address(), certificates.rootPem());
  }

  private static Imds machine(String location, MachineIdentities identities) {
    return new Imds(new Imds.Instance(new UUID(3, 1), location), identities, tokens, new Host());
  }

  /** A host that has no Intel platform. */
  private static final class Host implements Imds.HostAgent {
    @Override
    public AmdCollateral amdCollateral() {
      return new AmdCollateral("vcek\n", "db18000000000004", "ask\nark\n");
    }

    @Override
    public Optional<HttpResponse> intel(String path, HttpRequest request) {
      return Optional.empty();
    }
  }

  @AfterAll
  static void end() {
    client.close();
    http.close();
  }

  @ParameterizedTest
  @CsvSource({
    "'',00000000-0000-0002-0000-000000000001",
    "&client_id=00000000-0000-0001-0000-000000000002,00000000-0000-0002-0000-000000000002",
    "&object_id=00000000-0000-0002-0000-000000000002,00000000-0000-0002-0000-000000000002",
    "&mi_res_id=" + RESOURCE_ID + ",00000000-0000-0002-0000-000000000002",
    "&msi_res_id=" + RESOURCE_ID + ",00000000-0000-0002-0000-000000000002"
  })
  @Tag("azure-39")
  void issuesTokensOfItsIdentities(String selector, String objectId) throws Exception {
    LabClient.Reply reply = get(GOOD + selector);

    assertThat(reply.status()).isEqualTo(200);
    for (String member : MEMBERS) {
      assertThat(reply.json().path(member).isTextual()).as(member).isTrue();
    }
    assertThat(reply.json().path("token_type").asText()).isEqualTo("Bearer");
    assertThat(reply.json().path("expires_in").asText()).matches("[0-9]+");
    assertThat(reply.json().path("expires_on").asText()).matches("[0-9]+");
    CompactJws token = CompactJws.parse(reply.json().path("access_token").asText());
    assertThat(token.unverifiedClaims().path("oid").asText()).isEqualTo(objectId);
    assertThat(token.unverifiedClaims().path("aud").asText()).isEqualTo("https://vault.azure.net");
  }

  @ParameterizedTest
  @CsvSource({
    "'?resource=https%3A%2F%2Fvault.azure.net',invalid_request",
    "'?api-version=2018-02-01',invalid_request",
    "'?api-version=2018-02-01&resource=',invalid_request",
    "'?api-version=2018-02-01&resource=https%3A%2F%2Fvault.azure.net%2F%2F',invalid_resource",
    "'?api-version=2018-02-01&resource=https%3A%2F%2Fvault.azure.cn',invalid_resource",
    "'?api-version=2018-02-01&resource=https%3A%2F%2Fvault.azure.net&object_id=',invalid_request",
    "'?api-version=2018-02-01&resource=https%3A%2F%2Fexample.org',invalid_resource",
    "'?api-version=2018-02-01&resource=https%3A%2F%2Fvault.azure.net&client_id=x',invalid_request",
    "'?api-version=2018-02-01&resource=https%3A%2F%2Fvault.azure.net&mi_res_id=x',invalid_request",
    "'?api-version=2018-02-01&resource=https%3A%2F%2Fvault.azure.net&client_id=x&object_id=y',invalid_request"
  })
  @Tag("azure-39")
  void refusesTokenRequest(String query, String error) {
    LabClient.Reply reply = get(TOKEN + query);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().path("error").asText()).isEqualTo(error);
    assertThat(reply.json().path("error_description").asText()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({TOKEN, "/metadata/THIM/amd/certification", "/metadata/instance/compute/location"})
  @Tag("azure-39")
  void demandsTheMetadataHeader(String path) {
    LabClient.Reply reply = client.direct("GET", http.url() + path, "");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().path("error").asText()).isEqualTo("bad_request_102");
  }

  @Test
  @Tag("azure-39")
  void refusesForwardedRequests() {
    LabClient.Reply reply =
        client.direct(
            "GET", http.url() + GOOD, "", "Metadata", "true", "X-Forwarded-For", "10.0.0.1");

    assertThat(reply.status()).isEqualTo(403);
  }

  @Test
  @Tag("azure-41")
  void servesCollateralOfTheHost() {
    LabClient.Reply reply = get("/metadata/THIM/amd/certification");

    assertThat(reply.json().path("vcekCert").asText()).isEqualTo("vcek\n");
    assertThat(reply.json().path("tcbm").asText()).isEqualTo("DB18000000000004");
    assertThat(reply.json().path("certificateChain").asText()).isEqualTo("ask\nark\n");
    assertThat(reply.json().path("cacheControl").asText()).isEqualTo("86400");
  }

  @Test
  void tellsItsRegion() {
    LabClient.Reply reply =
        get("/metadata/instance/compute/location?api-version=2021-01-01&format=text");

    assertThat(reply.text()).isEqualTo("westeurope");
    assertThat(get("/metadata/instance/compute/location").status()).isEqualTo(400);
    assertThat(get("/metadata/nothing").status()).isEqualTo(404);
  }

  @Test
  @Tag("azure-39")
  void answersTheProbeForItsPresence() {
    LabClient.Reply reply =
        client.direct("GET", http.url() + TOKEN + "?api-version=2018-02-01", "");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().path("error_description").asText())
        .isEqualTo("Required metadata header not specified");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "false", "1", "yes"})
  @Tag("azure-39")
  void takesNoOtherMetadataHeader(String value) {
    LabClient.Reply reply = client.direct("GET", http.url() + GOOD, "", "Metadata", value);

    assertThat(reply.status()).isEqualTo(400);
  }

  @Test
  @Tag("azure-39")
  void refusesOtherMethods() {
    LabClient.Reply reply = client.direct("POST", http.url() + GOOD, "", "Metadata", "true");

    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.json().path("error").isTextual()).isTrue();
  }

  @Test
  @Tag("azure-39")
  void demandsASelectorWhereSeveralIdentitiesAreAssigned() {
    Imds several =
        machine("westeurope", new MachineIdentities(Optional.empty(), List.of(OWN, ASSIGNED)));
    Imds none = machine("westeurope", new MachineIdentities(Optional.empty(), List.of()));
    Imds one = machine("westeurope", new MachineIdentities(Optional.empty(), List.of(ASSIGNED)));

    assertThat(ask(several, "https://vault.azure.net").status()).isEqualTo(400);
    assertThat(ask(none, "https://vault.azure.net").body()).contains("Identity not found");
    assertThat(ask(one, "https://vault.azure.net").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "usgovvirginia,https://vault.usgovcloudapi.net,200",
    "usgovvirginia,https://managedhsm.usgovcloudapi.net,200",
    "usgovvirginia,https://vault.azure.net,400",
    "chinanorth3,https://vault.azure.cn,200",
    "chinanorth3,https://vault.usgovcloudapi.net,400",
    "westeurope,https://managedhsm.azure.net,200",
    "westeurope,https://vault.azure.cn,400"
  })
  @Tag("azure-39")
  void knowsTheResourcesOfItsCloudOnly(String location, String resource, int status) {
    MachineIdentities identities = new MachineIdentities(Optional.of(OWN), List.of());

    assertThat(ask(machine(location, identities), resource).status()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({"404,not_found", "410,updating", "429,throttled", "500,unknown", "503,unknown"})
  @Tag("azure-39")
  void failsInItsOwnShapeWhenItIsToldTo(int status, String error) throws Exception {
    Faults faults = new Faults(time);
    faults.inject(
        new Fault(
            FaultRoute.all("imds.cvm-1"),
            new FaultEffect.Status(status, Map.of("Retry-After", "3")),
            Fault.Limits.call(1)));
    FaultyService service =
        new FaultyService("imds.cvm-1", budget, faults, new Latency(new SecureRandom()));

    HttpResponse struck = service.answer(request("https://vault.azure.net"));

    assertThat(struck.status()).isEqualTo(status);
    assertThat(struck.headers()).containsEntry("Retry-After", "3");
    assertThat(Json.parseObject(struck.body()).path("error").asText()).isEqualTo(error);
    assertThat(service.answer(request("https://vault.azure.net")).status()).isEqualTo(200);
  }

  @Test
  @Tag("azure-39")
  void keepsAMachineWithinItsBudget() {
    StoppedTime stopped = new StoppedTime();
    MetadataBudget limited = new MetadataBudget(budget, stopped);
    HttpRequest request = request("https://vault.azure.net");
    limited.limit(OptionalInt.of(5));
    for (int i = 0; i < 5; i++) {
      assertThat(limited.answer(request).status()).isEqualTo(200);
    }
    assertThat(limited.answer(request).status()).isEqualTo(429);
    assertThat(limited.answer(request).body()).contains("too many requests");

    stopped.advance(Duration.ofMillis(999));
    assertThat(limited.answer(request).status()).isEqualTo(429);
    stopped.advance(Duration.ofSeconds(1));
    assertThat(limited.answer(request).status()).isEqualTo(200);

    limited.limit(OptionalInt.empty());
    for (int i = 0; i < 20; i++) {
      assertThat(limited.answer(request).status()).isEqualTo(200);
    }
    assertThatIllegalArgumentException().isThrownBy(() -> limited.limit(OptionalInt.of(0)));
  }

  /** A clock that stands until it is moved. */
  private static final class StoppedTime implements TimeSource {
    private Duration since = Duration.ZERO;

    void advance(Duration by) {
      since = since.plus(by);
    }

    @Override
    public Instant now() {
      return Instant.EPOCH.plus(since);
    }

    @Override
    public long nanoTime() {
      return since.toNanos();
    }

    @Override
    public void sleep(Duration duration) {
      advance(duration);
    }
  }

  private static HttpResponse ask(Imds imds, String resource) {
    return imds.answer(request(resource));
  }

  private static HttpRequest request(String resource) {
    return new HttpRequest(
        "GET",
        TOKEN,
        Map.of("api-version", "2018-02-01", "resource", resource),
        Map.of("Metadata", "true"),
        "");
  }

  private static LabClient.Reply get(String pathAndQuery) {
    return client.direct("GET", http.url() + pathAndQuery, "", "Metadata", "true");
  }
}
