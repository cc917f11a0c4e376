package dev.keygate.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.fault.Fault;
import dev.keygate.emulator.fault.FaultEffect;
import dev.keygate.emulator.fault.FaultRoute;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.testing.LabClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults and time as a client of a running lab meets them. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before each test
class LabFaultsTest {

  private static final String HOST = "sharedweu.weu.attest.azure.net";
  private static final String CERTS = SharedLab.MAA + "/certs";

  @TempDir private static Path folder;
  private static SharedLab shared;

  @BeforeAll
  static void start() throws IOException {
    shared = new SharedLab(folder);
  }

  @AfterAll
  static void end() {
    shared.close();
  }

  @AfterEach
  void clear() {
    shared.lab.clearFaults();
  }

  @Test
  void resetsAConnectionOnceAndServesTheNext() {
    once(new FaultEffect.Reset());

    // The JDK's client would repeat a GET by itself.
    assertThatThrownBy(() -> shared.client.send("POST", CERTS, ""))
        .hasCauseInstanceOf(IOException.class);
    assertThat(shared.client.get(CERTS).status()).isEqualTo(200);
  }

  @Test
  void endsABodyEarly() {
    once(new FaultEffect.Truncate(10));

    assertThatThrownBy(() -> shared.client.get(CERTS)).hasCauseInstanceOf(IOException.class);
    assertThat(shared.client.get(CERTS).status()).isEqualTo(200);
  }

  @Test
  void sendsABodySlowlyAndWhole() {
    String whole = shared.client.get(CERTS).text();
    once(new FaultEffect.Drip(100, Duration.ofMinutes(1)));
    Instant before = shared.lab.clock().now();

    assertThat(shared.client.get(CERTS).text()).isEqualTo(whole);

    assertThat(shared.lab.clock().now()).isAfter(before.plus(Duration.ofMinutes(5)));
  }

  @Test
  void showsAnExpiredCertificateToNewConnectionsUntilCleared() throws IOException {
    shared.lab.inject(
        new Fault(FaultRoute.all(HOST), new FaultEffect.ExpiredCertificate(), Fault.Limits.NONE));
    try (LabClient other = new LabClient(shared.lab.proxyAddress(), shared.rootPem())) {
      Throwable refused = catchThrowable(() -> other.get(CERTS));
      assertThat(Stream.iterate(refused, Objects::nonNull, Throwable::getCause))
          .hasAtLeastOneElementOfType(SSLHandshakeException.class);

      shared.lab.clearFaults();

      assertThat(other.get(CERTS).status()).isEqualTo(200);
    }
  }

  @Test
  void replaysATokenOfAMachinesMetadataService() {
    String fresh = machineToken().path("access_token").asText();
    shared.lab.inject(
        new Fault(
            FaultRoute.of("imds.cvm-1", "/metadata/identity/.*"),
            new FaultEffect.Replay(),
            Fault.Limits.NONE));

    String first = machineToken().path("access_token").asText();

    assertThat(first).isNotEqualTo(fresh);
    assertThat(machineToken().path("access_token").asText()).isEqualTo(first);
  }

  @Test
  @Tag("azure-39")
  void failsAMachinesMetadataServiceByCallNumber() {
    shared.lab.inject(
        new Fault(
            FaultRoute.all("imds.cvm-1"),
            new FaultEffect.Status(410, Map.of()),
            Fault.Limits.call(2)));

    assertThat(identity("cvm-1").status()).isEqualTo(200);
    assertThat(identity("cvm-2").status()).isEqualTo(200);
    assertThat(identity("cvm-1").status()).isEqualTo(410);
    assertThat(identity("cvm-1").status()).isEqualTo(200);
  }

  @Test
  @Tag("azure-44")
  void hasOneClockForAllServices() {
    ObjectNode token = machineToken();
    String vault = shared.lab.vaultUrl("contoso") + "/keys?api-version=7.4";
    String bearer = "Bearer " + token.path("access_token").asText();
    long expiresOn = token.path("expires_on").asLong();
    assertThat(shared.client.get(vault, "Authorization", bearer).status()).isEqualTo(403);

    post("/clock", Json.object().put("advanceSeconds", 200_000));

    assertThat(shared.client.get(vault, "Authorization", bearer).status()).isEqualTo(401);
    ObjectNode later = machineToken();
    assertThat(later.path("expires_on").asLong()).isGreaterThanOrEqualTo(expiresOn + 200_000);
    String renewed = "Bearer " + later.path("access_token").asText();
    assertThat(shared.client.get(vault, "Authorization", renewed).status()).isEqualTo(403);
  }

  @Test
  @Tag("azure-44")
  void letsAVaultsClockAloneBeWrong() {
    String bearer = "Bearer " + machineToken().path("access_token").asText();
    String vault = shared.lab.vaultUrl("contoso") + "/keys?api-version=7.4";
    shared.lab.inject(
        new Fault(
            FaultRoute.all("contoso.vault.azure.net"),
            new FaultEffect.WrongClock(Duration.ofDays(2)),
            Fault.Limits.call(1)));

    assertThat(shared.client.get(vault, "Authorization", bearer).status()).isEqualTo(401);
    assertThat(shared.client.get(vault, "Authorization", bearer).status()).isEqualTo(403);
  }

  @Test
  @Tag("azure-44")
  void tellsItsClockAndRunsFaster() {
    post("/clock", Json.object().put("rate", 100));
    Instant before = Instant.parse(clock().path("now").asText());

    shared.time.shift(Duration.ofSeconds(10));

    assertThat(clock().path("rate").asInt()).isEqualTo(100);
    assertThat(Instant.parse(clock().path("now").asText())).isAfter(before.plusSeconds(999));
    post("/clock", Json.object().put("rate", 1));
  }

  private static ObjectNode clock() {
    return (ObjectNode) shared.client.direct("GET", shared.lab.adminUrl() + "/clock", "").json();
  }

  private static void post(String path, ObjectNode body) {
    assertThat(shared.client.direct("POST", shared.lab.adminUrl() + path, body.toString()).status())
        .isEqualTo(204);
  }

  private static void once(FaultEffect effect) {
    shared.lab.inject(new Fault(FaultRoute.all(HOST), effect, Fault.Limits.call(1)));
  }

  private static ObjectNode machineToken() {
    return (ObjectNode) identity("cvm-1").json();
  }

  private static LabClient.Reply identity(String machine) {
    return shared.imds(
        shared.lab.machine(machine),
        "/metadata/identity/oauth2/token?api-version=2018-02-01"
            + "&resource=https%3A%2F%2Fvault.azure.net");
  }
}
