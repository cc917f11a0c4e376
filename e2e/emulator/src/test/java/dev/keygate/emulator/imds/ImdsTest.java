package dev.keygate.emulator.imds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.emulator.entra.AccessTokenIssuer;
import dev.keygate.emulator.entra.ServicePrincipal;
import dev.keygate.emulator.jose.CompactJws;
import dev.keygate.emulator.net.LabCertificates;
import dev.keygate.emulator.net.Literal;
import dev.keygate.emulator.net.PlainHttp;
import dev.keygate.emulator.state.KeyRing;
import dev.keygate.emulator.state.MemoryState;
import dev.keygate.emulator.testing.LabClient;
import dev.keygate.emulator.testing.ShiftedTime;
import dev.keygate.emulator.thim.AmdCollateral;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  private static PlainHttp http;
  private static LabClient client;

  @BeforeAll
  static void start() throws Exception {
    SecureRandom random = new SecureRandom();
    ShiftedTime time = new ShiftedTime();
    KeyRing ring = new KeyRing(new MemoryState(), random);
    ring.prepare(List.of("tls-root", "tls-issuing", "a"));
    LabCertificates certificates = new LabCertificates(ring, random, time);
    http =
        PlainHttp.serve(
            Literal.loopback(0),
            new Imds(
                new Imds.Instance(new UUID(3, 1), "westeurope"),
                new MachineIdentities(Optional.of(OWN), List.of(OWN, ASSIGNED)),
                new AccessTokenIssuer(TENANT, certificates.issue("a", List.of("sts")), time),
                () -> new AmdCollateral("vcek\n", "db18000000000004", "ask\nark\n")));
    client = new LabClient(http.address(), certificates.rootPem());
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
    "&object_id=00000000-0000-0002-0000-000000000002,00000000-0000-0002-0000-000000000002"
  })
  void issuesTokensOfItsIdentities(String selector, String objectId) throws Exception {
    LabClient.Reply reply = get(GOOD + selector);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("expires_in").isTextual()).isTrue();
    assertThat(reply.json().path("expires_on").isTextual()).isTrue();
    CompactJws token = CompactJws.parse(reply.json().path("access_token").asText());
    assertThat(token.unverifiedClaims().path("oid").asText()).isEqualTo(objectId);
    assertThat(token.unverifiedClaims().path("aud").asText()).isEqualTo("https://vault.azure.net");
  }

  @ParameterizedTest
  @CsvSource({
    "'?resource=https%3A%2F%2Fvault.azure.net',invalid_request",
    "'?api-version=2018-02-01',invalid_request",
    "'?api-version=2018-02-01&resource=https%3A%2F%2Fexample.org',invalid_resource",
    "'?api-version=2018-02-01&resource=https%3A%2F%2Fvault.azure.net&client_id=x',invalid_request",
    "'?api-version=2018-02-01&resource=https%3A%2F%2Fvault.azure.net&mi_res_id=x',invalid_request",
    "'?api-version=2018-02-01&resource=https%3A%2F%2Fvault.azure.net&client_id=x&object_id=y',invalid_request"
  })
  void refusesTokenRequest(String query, String error) {
    LabClient.Reply reply = get(TOKEN + query);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().path("error").asText()).isEqualTo(error);
    assertThat(reply.json().path("error_description").asText()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({TOKEN, "/metadata/THIM/amd/certification", "/metadata/instance/compute/location"})
  void demandsTheMetadataHeader(String path) {
    LabClient.Reply reply = client.direct("GET", http.url() + path, "");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().path("error").asText()).isEqualTo("bad_request_102");
  }

  @Test
  void refusesForwardedRequests() {
    LabClient.Reply reply =
        client.direct(
            "GET", http.url() + GOOD, "", "Metadata", "true", "X-Forwarded-For", "10.0.0.1");

    assertThat(reply.status()).isEqualTo(403);
  }

  @Test
  void servesCollateralOfTheHost() {
    LabClient.Reply reply = get("/metadata/THIM/amd/certification");

    assertThat(reply.json().path("vcekCert").asText()).isEqualTo("vcek\n");
    assertThat(reply.json().path("tcbm").asText()).isEqualTo("db18000000000004");
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

  private static LabClient.Reply get(String pathAndQuery) {
    return client.direct("GET", http.url() + pathAndQuery, "", "Metadata", "true");
  }
}
