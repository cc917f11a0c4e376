package dev.keygate.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.description.LabDescription;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.testing.LabClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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

  private static LabClient.Reply post(String path, ObjectNode body) {
    return shared.client.direct("POST", shared.lab.adminUrl() + path, body.toString());
  }
}
