package dev.keygate.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.description.LabDescription;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.json.MalformedTextException;
import dev.keygate.emulator.testing.LabClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init") // JUnit sets the fields before each test
class AdminTest {

  @TempDir private static Path folder;
  private static SharedLab shared;

  @BeforeAll
  static void start() throws IOException {
    LabDescription standard = LabDescription.standard();
    shared =
        new SharedLab(
            folder,
            new LabDescription(
                standard.tenant(),
                standard.location(),
                List.of(),
                List.of(),
                standard.principals(),
                standard.vaults(),
                List.of()));
  }

  @AfterAll
  static void end() {
    shared.close();
  }

  @Test
  void registersFederatedCredentialsAtRunTime() throws IOException {
    ObjectNode body =
        Json.object()
            .put("clientId", shared.lab.principal("operator").clientId().toString())
            .put("issuer", "https://127.0.0.1:1")
            .put("subject", "system:serviceaccount:keygate:operator")
            .put("issuerCaPem", shared.rootPem());

    assertThat(post("/federated-credentials", body).status()).isEqualTo(204);
  }

  @ParameterizedTest
  @ValueSource(strings = {"clientId", "issuer", "subject", "issuerCaPem"})
  void refusesIncompleteCredential(String missing) throws IOException {
    ObjectNode body =
        Json.object()
            .put("clientId", shared.lab.principal("operator").clientId().toString())
            .put("issuer", "https://127.0.0.1:1")
            .put("subject", "s")
            .put("issuerCaPem", shared.rootPem());
    body.put(missing, "");

    LabClient.Reply reply = post("/federated-credentials", body);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.code()).isEqualTo("LabRequestRefused");
  }

  @Test
  void assignsPermissions() {
    ObjectNode body = Json.object().put("vault", "contoso").put("principal", "operator");
    body.putArray("keys").add("get");
    assertThat(post("/permissions", body).status()).isEqualTo(204);

    body.withArray("keys").add("everything");
    assertThat(post("/permissions", body).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/pcrs", "/permissions", "/federated-credentials"})
  void refusesEmptyBodies(String path) {
    assertThat(post(path, Json.object()).status()).isEqualTo(400);
  }

  @Test
  void throttlesReleasesOfAVaultUntilCleared() {
    ObjectNode fault = Json.object().put("vault", "contoso").put("operation", "release");
    assertThat(post("/faults", fault.put("retryAfterSeconds", 7)).status()).isEqualTo(204);

    LabClient.Reply struck = vault("POST", "/keys/orders/release");
    LabClient.Reply spared = vault("GET", "/keys/orders");

    assertThat(struck.status()).isEqualTo(429);
    assertThat(struck.code()).isEqualTo("Throttled");
    assertThat(struck.headers()).containsEntry("retry-after", "7");
    assertThat(spared.status()).isEqualTo(401);

    String faults = shared.lab.adminUrl() + "/faults";
    assertThat(shared.client.direct("DELETE", faults, "").status()).isEqualTo(204);
    assertThat(vault("POST", "/keys/orders/release").status()).isEqualTo(401);
  }

  @Test
  void failsWholeVaultsOnceWithAnyStatus() {
    ObjectNode fault = Json.object().put("vault", "contoso").put("operation", "all");
    post("/faults", fault.put("status", 503).put("count", 1).put("seconds", 60));

    assertThat(vault("GET", "/keys/orders").status()).isEqualTo(503);
    assertThat(vault("GET", "/keys/orders").status()).isEqualTo(401);
  }

  @Test
  void countsCallsAndStrikesOfFaultsThatAreNotOver() throws Exception {
    ObjectNode fault = Json.object().put("vault", "contoso").put("operation", "release");
    post("/faults", fault.put("status", 503).put("fromCall", 2));
    vault("POST", "/keys/orders/release");
    vault("GET", "/keys/orders");
    vault("POST", "/keys/orders/release");
    vault("POST", "/keys/orders/release");
    String faults = shared.lab.adminUrl() + "/faults";

    LabClient.Reply counted = shared.client.direct("GET", faults, "");

    assertThat(counted.text())
        .isEqualToIgnoringWhitespace(
            """
            [{"host":"contoso.vault.azure.net","path":".*/release/?","calls":3,"strikes":2}]
            """);
    shared.client.direct("DELETE", faults, "");
    assertThat(shared.client.direct("GET", faults, "").text()).isEqualToIgnoringWhitespace("[]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'vault':'contoso'}",
        "{'operation':'all'}",
        "{'vault':'fabrikam','operation':'all'}",
        "{'vault':'contoso','operation':'create'}",
        "{'vault':'contoso','operation':'all','status':200}",
        "{'vault':'contoso','operation':'all','status':'429'}",
        "{'vault':'contoso','operation':'all','count':0}",
        "{'vault':'contoso','operation':'all','seconds':0}",
        "{'vault':'contoso','operation':'all','seconds':-1}",
        "{'vault':'contoso','operation':'all','retryAfter':5}",
        "{'vault':'contoso','operation':'all','host':'contoso.vault.azure.net'}",
        "{'host':'contoso.vault.azure.net','operation':'all'}",
        "{'host':'contoso.vault.azure.net','effect':'reset','bytes':1}",
        "{'host':'contoso.vault.azure.net','path':'/a','effect':'expired-certificate'}",
        "{'host':'imds.nobody','effect':'reset'}"
      })
  void refusesFaultThatIsNone(String body) throws MalformedTextException {
    LabClient.Reply reply = post("/faults", Json.parseObject(body.replace('\'', '"')));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.code()).isEqualTo("LabRequestRefused");
    assertThat(vault("GET", "/keys/orders").status()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /vaults/contoso/keys/nobody/rotate, 400",
    "POST, /vaults/fabrikam/keys/orders/rotate, 400",
    "GET, /vaults/contoso/keys/orders/rotate, 404",
    "POST, /vaults/contoso/keys/rotate, 404",
    "POST, /vaults/contoso/keys/a/b/rotate, 404"
  })
  void refusesToRotateWhatIsNotThere(String method, String path, int status) {
    assertThat(shared.client.direct(method, shared.lab.adminUrl() + path, "").status())
        .isEqualTo(status);
  }

  @Test
  void tellsEndpointsAndDecisions() {
    LabClient.Reply endpoints = shared.client.direct("GET", shared.lab.adminUrl() + "/lab", "");
    LabClient.Reply decisions =
        shared.client.direct("GET", shared.lab.adminUrl() + "/decisions", "");

    assertThat(endpoints.json().at("/proxy/port").asInt())
        .isEqualTo(shared.lab.proxyAddress().getPort());
    assertThat(endpoints.json().at("/vaults/contoso").asText())
        .isEqualTo("https://contoso.vault.azure.net");
    assertThat(decisions.json().isArray()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/latency | {'profile':'far'}",
        "/latency | {}",
        "/clock | {}",
        "/clock | {'rate':0}",
        "/clock | {'rate':'2'}",
        "/clock | {'advanceSeconds':-1}",
        "/clock | {'advanceSeconds':1.5}"
      })
  void refusesTimeThatCannotBe(String path, String body) throws MalformedTextException {
    assertThat(post(path, Json.parseObject(body.replace('\'', '"'))).status()).isEqualTo(400);
  }

  @Test
  void givesTokensOfPrincipals() {
    LabClient.Reply token =
        shared.client.direct("POST", shared.lab.adminUrl() + "/tokens/operator", "");

    LabClient.Reply keys =
        shared.client.get(
            shared.lab.vaultUrl("contoso") + "/keys?api-version=7.4",
            "Authorization",
            "Bearer " + token.text());

    assertThat(keys.status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /tokens/nobody, 400",
    "POST, /tokens/operator?resource=https://nothing.example, 400",
    "GET, /tokens/operator, 404",
    "POST, /tokens/, 404"
  })
  void givesNoOtherTokens(String method, String path, int status) {
    String url = shared.lab.adminUrl() + path;

    assertThat(shared.client.direct(method, url, "").status()).isEqualTo(status);
  }

  private static LabClient.Reply vault(String method, String path) {
    return shared.client.send(method, shared.lab.vaultUrl("contoso") + path, "");
  }

  private static LabClient.Reply post(String path, ObjectNode body) {
    return shared.client.direct("POST", shared.lab.adminUrl() + path, body.toString());
  }
}
