package dev.keygate.emulator.keyvault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.emulator.testing.LabClient;
import java.time.Duration;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class VaultAuthenticationTest {

  private static VaultBench bench;

  @BeforeAll
  static void start() throws Exception {
    bench = new VaultBench();
  }

  @AfterAll
  static void end() {
    bench.close();
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/keys/k?api-version=7.4",
    "POST,/keys/k/create?api-version=7.4",
    "POST,/keys/k/release?api-version=7.4",
    "PATCH,/keys/k?api-version=7.4",
    "GET,/keys/k",
    "GET,/no/such/route"
  })
  void challengesBeforeAnythingElse(String method, String path) {
    LabClient.Reply reply = bench.sendWithoutToken(method, path);

    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.code()).isEqualTo("Unauthorized");
    assertThat(reply.message()).startsWith("AKV10000:");
    assertThat(reply.headers().get("WWW-Authenticate"))
        .isEqualTo(
            "Bearer authorization=\"https://login.windows.net/"
                + VaultBench.TENANT
                + "\", resource=\"https://vault.azure.net\"");
  }

  static Stream<Arguments> badTokens() {
    return Stream.of(
        Arguments.of("another audience", bad(VaultBench::forManagedHsm)),
        Arguments.of("signed by nobody known", bad(VaultBench::forged)),
        Arguments.of("an attestation token", bad(bench -> bench.authority.token())),
        Arguments.of("no token", bad(bench -> "abc")),
        Arguments.of("parts of nothing", bad(bench -> "..")),
        Arguments.of("signature cut off", bad(bench -> withoutSignature(bench.officer()))));
  }

  private static Function<VaultBench, String> bad(Function<VaultBench, String> token) {
    return token;
  }

  private static String withoutSignature(String token) {
    return token.substring(0, token.lastIndexOf('.') + 1);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badTokens")
  void refusesToken(String defect, Function<VaultBench, String> token) {
    LabClient.Reply reply = bench.send("GET", "/keys" + VaultBench.VERSION, token.apply(bench), "");

    assertThat(reply.status()).as(defect).isEqualTo(401);
    assertThat(reply.headers()).containsKey("WWW-Authenticate");
  }

  @Test
  void refusesTokenAfterItsTime() {
    String token = bench.officer();
    bench.time.shift(Duration.ofMinutes(70));
    try {
      assertThat(bench.send("GET", "/keys" + VaultBench.VERSION, token, "").status())
          .isEqualTo(401);
    } finally {
      bench.time.shift(Duration.ofMinutes(-70));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/keys?api-version=7.4",
    "POST,/keys/k/create?api-version=7.4",
    "POST,/keys/k/release?api-version=7.4",
    "PATCH,/keys/k?api-version=7.4",
    "DELETE,/keys/k?api-version=7.4"
  })
  void refusesWhatTheCallerMayNotDo(String method, String path) {
    LabClient.Reply reply = bench.send(method, path, bench.reader(), "{}");

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.code()).isEqualTo("Forbidden");
    assertThat(reply.innerCode()).isEqualTo("ForbiddenByRbac");
  }

  @Test
  void letsTheKeyOfficerDoEverythingButRelease() {
    LabClient.Reply reply =
        bench.send("POST", "/keys/k/release" + VaultBench.VERSION, bench.officer(), "{}");

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.innerCode()).isEqualTo("ForbiddenByRbac");
  }

  @ParameterizedTest
  @CsvSource({"''", "?api-version=", "?api-version=7.9", "?api-version=2020-10-01"})
  void refusesUnknownApiVersion(String query) {
    LabClient.Reply reply = bench.send("GET", "/keys" + query, bench.officer(), "");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.code()).isEqualTo("BadParameter");
  }

  @ParameterizedTest
  @CsvSource({"7.3", "7.4", "7.5", "7.6", "2025-07-01", "2026-04-01"})
  void takesApiVersion(String version) {
    LabClient.Reply reply = bench.send("GET", "/keys?api-version=" + version, bench.officer(), "");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.headers())
        .containsKeys("x-ms-request-id", "x-ms-keyvault-region")
        .containsEntry("cache-control", "no-cache");
  }
}
