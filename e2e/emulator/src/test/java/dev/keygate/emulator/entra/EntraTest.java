package dev.keygate.emulator.entra;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.jose.CompactJws;
import dev.keygate.emulator.jose.KeySet;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.net.ConnectProxy;
import dev.keygate.emulator.net.HttpRequest;
import dev.keygate.emulator.net.HttpResponse;
import dev.keygate.emulator.net.LabCertificates;
import dev.keygate.emulator.net.Literal;
import dev.keygate.emulator.net.Sites;
import dev.keygate.emulator.net.TlsIdentity;
import dev.keygate.emulator.state.KeyRing;
import dev.keygate.emulator.state.MemoryState;
import dev.keygate.emulator.testing.LabClient;
import dev.keygate.emulator.testing.ShiftedTime;
import java.net.URLEncoder;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init") // JUnit sets the fields before each test
class EntraTest {

  private static final UUID TENANT = UUID.fromString("00000000-0000-0000-0000-00000000000a");
  private static final String BASE = "https://login.microsoftonline.com/";
  private static final ServicePrincipal OPERATOR =
      new ServicePrincipal("operator", new UUID(1, 1), new UUID(2, 1));
  private static final ServicePrincipal WORKLOAD =
      new ServicePrincipal("workload", new UUID(1, 2), new UUID(2, 2));

  private static ShiftedTime time;
  private static TlsIdentity signer;
  private static TestIssuer issuer;
  private static Entra entra;
  private static ConnectProxy proxy;
  private static LabClient client;

  @BeforeAll
  static void start() throws Exception {
    SecureRandom random = new SecureRandom();
    time = new ShiftedTime();
    KeyRing ring = new KeyRing(new MemoryState(), random);
    ring.prepare(List.of("tls-root", "tls-issuing", "a", "b", "c"));
    issuer = new TestIssuer(ring.rsa("a"), ring.rsa("b"), ring.rsa("c"), time);
    LabCertificates certificates = new LabCertificates(ring, random, time);
    signer = certificates.issue("b", List.of("sts"));
    Directory directory = new Directory(TENANT, List.of(OPERATOR, WORKLOAD));
    directory.register(
        new FederatedCredential(
            OPERATOR.clientId(), issuer.issuer(), TestIssuer.SUBJECT, issuer.caPem()));
    directory.register(
        new FederatedCredential(
            WORKLOAD.clientId(), issuer.issuer(), TestIssuer.SUBJECT, certificates.rootPem()));
    entra = new Entra(directory, new AccessTokenIssuer(TENANT, signer, time), time);
    proxy = ConnectProxy.bind(Literal.loopback(0));
    proxy.serve(new Sites().add(Entra.HOST, certificates.issue("c", List.of(Entra.HOST)), entra));
    client = new LabClient(proxy.address(), certificates.rootPem());
  }

  @AfterAll
  static void end() {
    client.close();
    proxy.close();
    entra.close();
    issuer.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://vault.azure.net/.default",
        "https://vault.azure.net//.default",
        "openid profile offline_access https://vault.azure.net/.default"
      })
  @Tag("azure-40")
  void exchangesAssertionForAccessToken(String scope) throws Exception {
    Map<String, String> form = form();
    form.put("scope", scope);

    LabClient.Reply reply = post(TENANT.toString(), form);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("expires_in").isNumber()).isTrue();
    CompactJws token = CompactJws.parse(reply.json().path("access_token").asText());
    KeySet keys = KeySet.parse(client.get(BASE + TENANT + "/discovery/v2.0/keys").text());
    assertThat(token.isSignedBy(keys.find(token.keyId()).orElseThrow())).isTrue();
    JsonNode claims = token.unverifiedClaims();
    assertThat(claims.path("aud").asText()).isEqualTo("https://vault.azure.net");
    assertThat(claims.path("tid").asText()).isEqualTo(TENANT.toString());
    assertThat(claims.path("oid").asText()).isEqualTo(OPERATOR.objectId().toString());
    assertThat(claims.path("appid").asText()).isEqualTo(OPERATOR.clientId().toString());
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        with("grant_type", "", 400, 900144),
        with("grant_type", "password", 400, 70003),
        with("client_id", "", 400, 900144),
        with("client_id", UUID.randomUUID().toString(), 400, 700016),
        with("client_id", "operator", 400, 700016),
        with("client_assertion_type", "", 401, 7000218),
        with("client_assertion", "", 401, 7000218),
        with("client_assertion", "abc", 400, 50027),
        with("scope", "", 400, 900144),
        with("scope", "openid", 400, 70011),
        with("scope", "https://graph.microsoft.com/.default", 400, 500011),
        claims("iss", "https://other.example", 400, 70021),
        claims("sub", "system:serviceaccount:keygate:other", 400, 70021),
        claims("aud", "api://azureadtokenexchange", 400, 70021),
        claims("aud", "api://AzureADTokenExchange/", 400, 70021),
        assertion(
            () ->
                issuer.assertion(
                    c -> c.putArray("aud").add(FederatedCredential.AUDIENCE).add("kubernetes")),
            400,
            70021),
        assertion(() -> issuer.assertion(c -> c.remove("aud")), 400, 70021),
        assertion(() -> issuer.assertion(c -> c.remove("sub")), 400, 70021),
        assertion(() -> issuer.assertion(c -> c.put("sub", 7)), 400, 70021),
        assertion(() -> issuer.assertion(c -> c.put("iss", issuer.issuer() + "/")), 400, 70021),
        assertion(() -> issuer.assertion(c -> c.put("exp", 1000)), 401, 700024),
        assertion(() -> issuer.assertion(c -> c.remove("exp")), 401, 700024),
        assertion(() -> issuer.assertion(c -> c.put("nbf", 99_999_999_999L)), 401, 700024),
        assertion(() -> issuer.assertionOfStranger(), 401, 700027),
        assertion(() -> issuer.assertionWithUnknownKey(), 401, 700027),
        with("client_id", WORKLOAD.clientId().toString(), 400, 90061));
  }

  private static Arguments with(String member, String value, int status, int code) {
    Consumer<Map<String, String>> change = form -> form.put(member, value);
    return Arguments.of(change, status, code);
  }

  private static Arguments assertion(Supplier<String> assertion, int status, int code) {
    Consumer<Map<String, String>> change = form -> form.put("client_assertion", assertion.get());
    return Arguments.of(change, status, code);
  }

  private static Arguments claims(String claim, String value, int status, int code) {
    return assertion(() -> issuer.assertion(claims -> claims.put(claim, value)), status, code);
  }

  @ParameterizedTest(name = "{index}: AADSTS{2}")
  @MethodSource("refusals")
  @Tag("azure-40")
  void refuses(Consumer<Map<String, String>> change, int status, int code) {
    Map<String, String> form = form();
    change.accept(form);

    LabClient.Reply reply = post(TENANT.toString(), form);

    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.json().path("error_codes").path(0).asInt()).isEqualTo(code);
    assertThat(reply.json().path("error_description").asText()).startsWith("AADSTS" + code + ":");
    assertThat(reply.json().path("error").asText()).isNotEmpty();
  }

  @Test
  @Tag("azure-40")
  void tellsAFailedExchangeInFull() {
    Map<String, String> form = form();
    form.put("client_assertion", issuer.assertion(claims -> claims.put("sub", "other")));

    JsonNode body = post(TENANT.toString(), form).json();

    assertThat(body.path("error").asText()).isEqualTo("invalid_request");
    assertThat(body.path("error_codes")).hasSize(1);
    assertThat(body.path("error_codes").path(0).isInt()).isTrue();
    for (String member : List.of("timestamp", "trace_id", "correlation_id", "error_uri")) {
      assertThat(body.path(member).asText()).isNotEmpty();
    }
    assertThat(body.path("error_description").asText())
        .contains("Assertion Audience: '" + FederatedCredential.AUDIENCE + "'")
        .contains("Trace ID:", "Timestamp:");
  }

  @ParameterizedTest
  @CsvSource({"iss,https://other.example,700211", "aud,other,700212", "sub,other,700213"})
  @Tag("azure-40")
  void tellsMismatchesApartWhereItIsToldTo(String claim, String value, int code) throws Exception {
    Tenant splitting = tenant(Cloud.PUBLIC).telling(() -> Tenant.MismatchCodes.SPLIT);
    try (Entra service = new Entra(List.of(splitting), time)) {
      Map<String, String> form = form();
      form.put("client_assertion", issuer.assertion(claims -> claims.put(claim, value)));

      HttpResponse response = service.answer(request(Entra.HOST, TENANT, form));

      assertThat(Json.parseObject(response.body()).path("error_codes").path(0).asInt())
          .isEqualTo(code);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PUBLIC,login.microsoftonline.com,https://vault.azure.net,200",
    "PUBLIC,login.windows.net,https://managedhsm.azure.net,200",
    "PUBLIC,login.microsoftonline.us,https://vault.azure.net,400",
    "PUBLIC,login.microsoftonline.com,https://vault.azure.cn,400",
    "US_GOVERNMENT,login.microsoftonline.us,https://vault.usgovcloudapi.net,200",
    "US_GOVERNMENT,login.microsoftonline.us,https://vault.azure.net,400",
    "US_GOVERNMENT,login.microsoftonline.com,https://vault.usgovcloudapi.net,400",
    "CHINA,login.chinacloudapi.cn,https://vault.azure.cn,200",
    "CHINA,login.partner.microsoftonline.cn,https://managedhsm.azure.cn,200",
    "CHINA,login.chinacloudapi.cn,https://managedhsm.usgovcloudapi.net,400"
  })
  @Tag("azure-40")
  void knowsATenantAndItsResourcesInOneCloudOnly(
      Cloud cloud, String host, String resource, int status) {
    try (Entra service = new Entra(List.of(tenant(cloud)), time)) {
      Map<String, String> form = form();
      form.put("scope", resource + "/.default");

      assertThat(service.answer(request(host, TENANT, form)).status()).isEqualTo(status);
    }
  }

  @Test
  @Tag("azure-40")
  void keepsTenantsApart() throws Exception {
    UUID otherId = new UUID(0, 11);
    Directory other = new Directory(otherId, List.of(WORKLOAD));
    AccessTokenIssuer otherTokens = new AccessTokenIssuer(otherId, signer, time);
    List<Tenant> both =
        List.of(tenant(Cloud.PUBLIC), new Tenant(Cloud.PUBLIC, other, otherTokens, time));
    try (Entra service = new Entra(both, time)) {
      HttpResponse own = service.answer(request(Entra.HOST, TENANT, form()));
      HttpResponse foreign = service.answer(request(Entra.HOST, otherId, form()));

      assertThat(own.status()).isEqualTo(200);
      assertThat(Json.parseObject(foreign.body()).path("error_codes").path(0).asInt())
          .isEqualTo(700016);
    }
  }

  private static Tenant tenant(Cloud cloud) {
    Directory directory = new Directory(TENANT, List.of(OPERATOR));
    directory.register(
        new FederatedCredential(
            OPERATOR.clientId(), issuer.issuer(), TestIssuer.SUBJECT, issuer.caPem()));
    return new Tenant(cloud, directory, new AccessTokenIssuer(TENANT, signer, time), time);
  }

  private static HttpRequest request(String host, UUID tenant, Map<String, String> form) {
    return new HttpRequest(
        "POST", "/" + tenant + "/oauth2/v2.0/token", Map.of(), Map.of("Host", host), encoded(form));
  }

  @Test
  @Tag("azure-40")
  void refusesUnknownTenant() {
    LabClient.Reply reply = post("contoso.onmicrosoft.com", form());

    assertThat(reply.json().path("error_codes").path(0).asInt()).isEqualTo(90002);
  }

  @Test
  @Tag("azure-40")
  void describesItself() {
    JsonNode metadata = client.get(BASE + TENANT + "/v2.0/.well-known/openid-configuration").json();
    JsonNode instances = client.get(BASE + "common/discovery/instance?api-version=1.1").json();

    assertThat(metadata.path("token_endpoint").asText())
        .isEqualTo(BASE + TENANT + "/oauth2/v2.0/token");
    assertThat(instances.at("/metadata/0/aliases/0").asText()).isEqualTo(Entra.HOST);
  }

  private static Map<String, String> form() {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("client_id", OPERATOR.clientId().toString());
    form.put("grant_type", "client_credentials");
    form.put("scope", "https://vault.azure.net/.default");
    form.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
    Consumer<ObjectNode> unchanged = claims -> {};
    form.put("client_assertion", issuer.assertion(unchanged));
    return form;
  }

  private static LabClient.Reply post(String tenant, Map<String, String> form) {
    return client.send(
        "POST",
        BASE + tenant + "/oauth2/v2.0/token",
        encoded(form),
        "Content-Type",
        "application/x-www-form-urlencoded");
  }

  private static String encoded(Map<String, String> form) {
    return form.entrySet().stream()
        .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
        .collect(Collectors.joining("&"));
  }
}
