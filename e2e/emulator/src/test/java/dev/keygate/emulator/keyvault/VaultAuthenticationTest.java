package dev.keygate.emulator.keyvault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.testing.LabClient;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
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

  @Tag("azure-01")
  @ParameterizedTest
  @CsvSource({
    "GET,/keys/k?api-version=7.4",
    "POST,/keys/k/create?api-version=7.4",
    "POST,/keys/k/release?api-version=7.4",
    "PUT,/keys/k?api-version=7.4",
    "POST,/keys/k/0123456789abcdef0123456789abcdef/sign?api-version=7.4",
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

  @Tag("azure-01")
  @ParameterizedTest
  @ValueSource(strings = {"Bearer", "Bearer ", "Bearer \t ", "Basic YTpi", "a.b.c"})
  void challengesWhatIsNoBearerToken(String authorization) {
    LabClient.Reply reply =
        bench.sendWithoutToken("GET", "/keys" + VaultBench.VERSION, "Authorization", authorization);

    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.message()).startsWith("AKV10000:");
    assertThat(reply.headers()).containsKey("WWW-Authenticate");
  }

  static Stream<Arguments> badTokens() {
    return Stream.of(
        claims("audience with a slash", c -> c.put("aud", "https://vault.azure.net/")),
        claims("audience in upper case", c -> c.put("aud", "https://VAULT.azure.net")),
        claims("two audiences", c -> c.putArray("aud").add("https://vault.azure.net")),
        claims("no audience", c -> c.remove("aud")),
        claims("another tenant", c -> c.put("tid", VaultBench.OTHER_TENANT.toString())),
        claims("no tenant", c -> c.remove("tid")),
        claims(
            "another issuer",
            c -> c.put("iss", "https://sts.windows.net/" + VaultBench.OTHER_TENANT + "/")),
        claims("over", c -> c.put("exp", 1000)),
        claims("without end", c -> c.remove("exp")),
        claims("not begun", c -> c.put("nbf", 99_999_999_999L)),
        claims("without begin", c -> c.remove("nbf")),
        claims("nobody's", c -> c.remove("oid")),
        claims("no object id", c -> c.put("oid", "somebody")),
        Arguments.of("another audience", bad(VaultBench::forManagedHsm)),
        Arguments.of("signed by nobody known", bad(VaultBench::forged)),
        Arguments.of("an attestation token", bad(bench -> bench.authority.token())),
        Arguments.of("no token", bad(bench -> "abc")),
        Arguments.of("parts of nothing", bad(bench -> "..")),
        Arguments.of("signature cut off", bad(bench -> withoutSignature(bench.officer()))));
  }

  private static Arguments claims(String defect, Consumer<ObjectNode> change) {
    return Arguments.of(defect, bad(bench -> bench.accessToken(change)));
  }

  private static Function<VaultBench, String> bad(Function<VaultBench, String> token) {
    return token;
  }

  private static String withoutSignature(String token) {
    return token.substring(0, token.lastIndexOf('.') + 1);
  }

  @Tag("azure-02")
  @ParameterizedTest(name = "{0}")
  @MethodSource("badTokens")
  void refusesToken(String defect, Function<VaultBench, String> token) {
    LabClient.Reply reply = bench.send("GET", "/keys" + VaultBench.VERSION, token.apply(bench), "");

    assertThat(reply.status()).as(defect).isEqualTo(401);
    assertThat(reply.headers()).containsKey("WWW-Authenticate");
  }

  @Tag("azure-02")
  @Test
  void takesTheTenantsTokenAtItsOwnVaultsOnly() {
    String token = bench.accessToken(claims -> {});
    String path = "/keys" + VaultBench.VERSION;

    assertThat(bench.send("GET", path, token, "").status()).isEqualTo(200);
    LabClient.Reply other = bench.sendTo("GET", VaultBench.OTHER_URL + path, token, "");
    assertThat(other.status()).isEqualTo(401);
    assertThat(other.headers().get("WWW-Authenticate"))
        .contains("https://login.windows.net/" + VaultBench.OTHER_TENANT);
  }

  @Tag("azure-02")
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

  @Tag("azure-12")
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

  @Tag("azure-12")
  @Test
  void letsTheKeyOfficerDoEverythingButRelease() {
    LabClient.Reply reply =
        bench.send("POST", "/keys/k/release" + VaultBench.VERSION, bench.officer(), "{}");

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.innerCode()).isEqualTo("ForbiddenByRbac");
  }

  @Tag("azure-03")
  @ParameterizedTest
  @CsvSource({
    "''",
    "?api-version=",
    "?api-version=7.9",
    "?api-version=7",
    "?api-version=7.4%20",
    "?api-version=2020-10-01",
    "?api-version=2026-04-02"
  })
  void refusesUnknownApiVersion(String query) {
    LabClient.Reply reply = bench.send("GET", "/keys" + query, bench.officer(), "");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.code()).isEqualTo("BadParameter");
  }

  @Tag("azure-03")
  @ParameterizedTest
  @CsvSource({
    "POST, /keys/k/release, 7.2",
    "POST, /keys/k/rotate, 7.1",
    "GET, /keys/k/rotationpolicy, 7.0",
    "PUT, /keys/k/rotationpolicy, 7.2"
  })
  void knowsNoReleaseAndNoRotationInOldApiVersions(String method, String path, String version) {
    LabClient.Reply reply =
        bench.send(method, path + "?api-version=" + version, bench.officer(), "{}");

    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.code()).isEqualTo("NotFound");
  }

  @Tag("azure-03")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "7.3-preview",
        "7.3",
        "7.4",
        "7.5",
        "7.6-preview.2",
        "7.6",
        "2025-06-01-preview",
        "2025-07-01",
        "2026-01-01-preview",
        "2026-03-01-preview",
        "2026-04-01"
      })
  void takesApiVersion(String version) {
    LabClient.Reply reply = bench.send("GET", "/keys?api-version=" + version, bench.officer(), "");

    assertThat(reply.status()).isEqualTo(200);
  }

  @Tag("azure-31")
  @ParameterizedTest
  @ValueSource(strings = {"/keys", "/keys/nobody", "/nothing"})
  void hasTheVaultsHeadersOnEveryAnswer(String path) {
    LabClient.Reply reply = bench.send("GET", path + VaultBench.VERSION, bench.officer(), "");

    assertThat(reply.headers())
        .containsKeys("x-ms-request-id", "x-ms-keyvault-network-info")
        .containsEntry("x-ms-keyvault-region", "westeurope")
        .containsEntry("x-ms-client-request-id", "client-1")
        .containsEntry("cache-control", "no-cache")
        .containsEntry("pragma", "no-cache")
        .containsEntry("expires", "-1")
        .containsEntry("content-type", "application/json; charset=utf-8");
  }

  @Tag("azure-31")
  @Test
  void namesNoClientRequestThatNamedNone() {
    assertThat(bench.sendWithoutToken("GET", "/keys").headers())
        .containsKey("x-ms-request-id")
        .doesNotContainKey("x-ms-client-request-id");
  }
}
