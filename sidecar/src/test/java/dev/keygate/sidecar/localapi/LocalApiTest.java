package dev.keygate.sidecar.localapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.RSAKey;
import dev.keygate.azure.json.JsonFormatException;
import dev.keygate.azure.json.JsonMembers;
import dev.keygate.azure.time.SystemTime;
import dev.keygate.contract.GrantedVersion;
import dev.keygate.contract.VersionState;
import dev.keygate.endpoint.KeyVersion;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.failure.UnavailableException;
import dev.keygate.sidecar.delivery.MemoryLease;
import dev.keygate.sidecar.delivery.Readers;
import dev.keygate.sidecar.release.OutcomeBoard;
import dev.keygate.sidecar.release.ReleaseOutcome;
import dev.keygate.sidecar.testing.Keys;
import dev.keygate.sidecar.testing.RawCall;
import dev.keygate.sidecar.testing.RawCall.Reply;
import dev.keygate.sidecar.testing.ReleasedKeys;
import dev.keygate.sidecar.wire.Listener;
import dev.keygate.sidecar.wire.LocalServer;
import dev.keygate.sidecar.wire.WireLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Over real sockets, and with requests that no HTTP library would send. */
class LocalApiTest {

  private static final MemoryLease LEASE = new MemoryLease();
  private static final OutcomeBoard BOARD = new OutcomeBoard();

  @TempDir private static Path folder;
  private static Optional<LocalServer> server = Optional.empty();
  private static int port;

  private final Map<String, String> headers = new LinkedHashMap<>();

  @BeforeAll
  static void serve() throws Exception {
    port = freePort();
    CallerRegister callers =
        CallerRegister.open(
            folder,
            Readers.GROUP,
            Map.of(
                "app", Set.of("orders", "session", "denied", "down", "pending"),
                "web", Set.of(),
                "rotating", Set.of("rotating")),
            new SecureRandom());
    LEASE.deliver("orders", ReleasedKeys.rsa(ReleasedKeys.FIRST));
    LEASE.deliver("session", ReleasedKeys.oct(ReleasedKeys.SECOND, 7));
    BOARD.post(ReleaseOutcome.of("denied", new RefusedException(Reason.PolicyDenied, "Claim c.")));
    BOARD.post(
        ReleaseOutcome.of(
            "down",
            new UnavailableException(
                Reason.VaultThrottled, "Too many.", Duration.ofSeconds(7), null)));
    server =
        Optional.of(
            LocalServer.start(
                new LocalServer.Serving(
                    TestApi.of(callers, LEASE, BOARD), WireLimits.STANDARD, new SystemTime()),
                List.of(
                    new Listener.Loopback(port),
                    new Listener.ContainerSocket("app", folder.resolve("app/api.sock")),
                    new Listener.ContainerSocket("web", folder.resolve("web/api.sock"))),
                Readers.GROUP));
  }

  @AfterAll
  static void stop() {
    server.ifPresent(LocalServer::close);
    LEASE.close();
  }

  LocalApiTest() throws IOException {
    headers.put("Host", "127.0.0.1:" + port);
    headers.put("Authorization", "Bearer " + token("app"));
    headers.put("Content-Type", "application/json");
  }

  @Test
  void servesAJwkWithItsVersionAsETag() throws Exception {
    Reply reply = material("orders", "{}");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("etag")).contains("\"" + ReleasedKeys.FIRST + "\"");
    assertThat(reply.header("content-type")).contains("application/jwk+json");
    assertThat(reply.header("cache-control")).contains("no-store");
    assertThat(RSAKey.parse(reply.body()).toPrivateKey()).isEqualTo(Keys.TARGET.getPrivate());
  }

  @ParameterizedTest
  @CsvSource({
    "application/octet-stream, application/octet-stream",
    "application/x-pem-file, application/x-pem-file",
    "application/pkcs8, application/x-pem-file",
    "'text/html, application/jwk+json;q=0.1', application/jwk+json",
    "*/*, application/jwk+json"
  })
  void servesTheFormatThatIsAcceptable(String accept, String contentType) throws Exception {
    headers.put("Accept", accept);

    assertThat(material("orders", "{}").header("content-type")).contains(contentType);
  }

  @Test
  void servesAVersionByItsName() throws Exception {
    assertThat(material("orders", "{\"version\":\"" + ReleasedKeys.FIRST + "\"}").status())
        .isEqualTo(200);
  }

  @Test
  void servesTwoVersionsUntilTheOverlapEnds() throws Exception {
    headers.put("Authorization", "Bearer " + token("rotating"));
    String first = "{\"version\":\"" + ReleasedKeys.FIRST + "\"}";
    GrantedVersion current =
        new GrantedVersion(new KeyVersion(ReleasedKeys.SECOND), VersionState.Current);
    LEASE.deliver("rotating", ReleasedKeys.oct(ReleasedKeys.FIRST, 1));
    LEASE.deliver("rotating", ReleasedKeys.oct(ReleasedKeys.SECOND, 2));
    LEASE.settle(
        "rotating",
        List.of(
            current, new GrantedVersion(new KeyVersion(ReleasedKeys.FIRST), VersionState.Overlap)));

    assertThat(material("rotating", "{}").header("etag"))
        .contains("\"" + ReleasedKeys.SECOND + "\"");
    assertThat(material("rotating", first).header("etag"))
        .contains("\"" + ReleasedKeys.FIRST + "\"");

    LEASE.settle("rotating", List.of(current));

    assertThat(material("rotating", first).status()).isEqualTo(404);
    assertThat(material("rotating", "{}").header("etag"))
        .contains("\"" + ReleasedKeys.SECOND + "\"");
  }

  @Test
  void listsTheCallersKeysWithoutMaterial() throws Exception {
    Reply reply = call("GET", "/v1/keys", "");

    JsonMembers listing = JsonMembers.parse(Bytes.ofUtf8(reply.body()));
    assertThat(listing.list("keys"))
        .extracting(key -> key.text("name") + " " + key.text("state"))
        .containsExactly(
            "denied Refused",
            "down Unavailable",
            "orders Served",
            "pending Pending",
            "session Served");
    assertThat(reply.body()).doesNotContain("\"d\"", "\"k\"", "BwcHBwcH");
  }

  @Test
  void listsNothingForACallerWithoutKeys() throws Exception {
    headers.put("Authorization", "Bearer " + token("web"));

    assertThat(call("GET", "/v1/keys", "").body()).isEqualTo("{\"keys\":[]}");
  }

  @ParameterizedTest
  @CsvSource({
    "orders, 200, ''",
    "denied, 403, PolicyDenied",
    "down, 503, VaultThrottled",
    "pending, 503, KeyPending",
    "unknown, 404, KeyUnknown"
  })
  void saysWhatBecameOfAKey(String name, int status, String code) throws Exception {
    Reply reply = material(name, "{}");

    assertThat(reply.status()).isEqualTo(status);
    if (!code.isEmpty()) {
      assertThat(code(reply)).isEqualTo(code);
    }
  }

  @Test
  void tellsWhenToComeBack() throws Exception {
    assertThat(material("down", "{}").header("retry-after")).contains("7");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost:8250",
        "127.0.0.1",
        "127.0.0.1:80",
        "evil.example.com",
        "[::1]:8250",
        "127.0.0.1.evil.example.com:8250",
        ""
      })
  void refusesEveryOtherHostHeader(String host) throws Exception {
    headers.put("Host", host);

    assertThat(code(material("orders", "{}"))).isEqualTo("HostRefused");
  }

  @Test
  void refusesTwoHostHeaders() throws Exception {
    headers.put("Host", "127.0.0.1:" + port + "\r\nHost: evil.example.com");

    assertThat(material("orders", "{}").status()).isIn(400, 421);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Bearer",
        "Bearer ",
        "Bearer AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "Basic YTpi",
        "Token x",
        "Bearer ../../token"
      })
  void refusesAnythingButACallersToken(String authorization) throws Exception {
    headers.put("Authorization", authorization);

    assertThat(code(material("orders", "{}"))).isEqualTo("CallerUnknown");
    assertThat(code(call("GET", "/v1/keys", ""))).isEqualTo("CallerUnknown");
  }

  @Test
  void refusesAKeyOfAnotherContainer() throws Exception {
    headers.put("Authorization", "Bearer " + token("web"));

    assertThat(code(material("orders", "{}"))).isEqualTo("KeyUnknown");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "application/jsonx",
        ""
      })
  void refusesWhatABrowserFormCouldSend(String contentType) throws Exception {
    headers.put("Content-Type", contentType);

    assertThat(code(material("orders", "{}"))).isEqualTo("MediaTypeRefused");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /v1/keys/orders/material, MethodRefused",
    "PUT, /v1/keys/orders/material, MethodRefused",
    "OPTIONS, /v1/keys/orders/material, MethodRefused",
    "HEAD, /v1/keys/orders/material, ''",
    "POST, /v1/keys, MethodRefused",
    "POST, /v1/keys/, PathUnknown",
    "POST, /v1/keys/../keys/orders/material, PathUnknown",
    "POST, /v1/keys/orders%2fmaterial, PathUnknown",
    "POST, /v1/keys/ORDERS/material, PathUnknown",
    "POST, //v1/keys/orders/material, PathUnknown",
    "POST, /v2/keys/orders/material, PathUnknown",
    "GET, /, PathUnknown"
  })
  void refusesOtherMethodsAndPaths(String method, String path, String code) throws Exception {
    Reply reply = call(method, path, "");

    assertThat(reply.status()).isIn(404, 405);
    if (!code.isEmpty()) {
      assertThat(code(reply)).isEqualTo(code);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{",
        "\"x\"",
        "{\"version\":1}",
        "{\"version\":\"1\"}",
        "{\"version\":\"../../x\"}",
        "{\"version\":\"1\",\"version\":\"1\"}"
      })
  void refusesMalformedBodies(String body) throws Exception {
    assertThat(code(material("orders", body))).isEqualTo("BodyMalformed");
  }

  @Test
  void refusesAVersionThatIsNotHeld() throws Exception {
    assertThat(code(material("orders", "{\"version\":\"" + ReleasedKeys.SECOND + "\"}")))
        .isEqualTo("VersionUnknown");
  }

  @Test
  void refusesAFormatThatNobodyWrites() throws Exception {
    headers.put("Accept", "text/html");

    assertThat(code(material("orders", "{}"))).isEqualTo("FormatRefused");
  }

  @Test
  void refusesPemOfASymmetricKey() throws Exception {
    headers.put("Accept", "application/x-pem-file");

    assertThat(code(material("session", "{}"))).isEqualTo("FormatRefused");
  }

  @Test
  void refusesABodyThatIsTooLarge() throws Exception {
    assertThat(code(material("orders", "{\"x\":\"" + "y".repeat(9000) + "\"}")))
        .isEqualTo("BodyTooLarge");
  }

  @Test
  void answersNoPreflight() throws Exception {
    headers.put("Origin", "https://evil.example.com");
    headers.put("Access-Control-Request-Method", "POST");

    Reply reply = call("OPTIONS", "/v1/keys/orders/material", "");

    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.header("access-control-allow-origin")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/keys/orders/material?",
        "/v1/keys/orders/material?version=1",
        "/v1/keys/orders/material#x",
        "/v1/keys/orders/material/",
        "/v1/keys/orders%00/material",
        "/v1/keys/..%2f..%2ftoken/material",
        "/v1/keys/o\\r/material",
        "/v1/keys/orders;x/material",
        "/latest/meta-data/"
      })
  void knowsNoOtherSpellingOfAPath(String path) throws Exception {
    assertThat(code(call("POST", path, "{}"))).isEqualTo("PathUnknown");
  }

  /** What a proxy would be asked; nobody's request is passed on. */
  @ParameterizedTest
  @ValueSource(strings = {"http://169.254.169.254/metadata", "169.254.169.254:80", "*"})
  void isNoProxy(String target) throws Exception {
    for (String method : List.of("GET", "CONNECT", "OPTIONS")) {
      assertThat(code(call(method, target, ""))).isEqualTo("RequestMalformed");
    }
  }

  @Test
  void saysHowToAuthenticateAndWhatThePathKnows() throws Exception {
    assertThat(call("PUT", "/v1/keys", "").header("Allow")).contains("GET");
    headers.remove("Authorization");

    assertThat(call("GET", "/v1/keys", "").header("WWW-Authenticate")).contains("Bearer");
  }

  @Test
  void takesOverASocketTheTokenOfItsOwnContainerAlone() throws Exception {
    headers.put("Host", "localhost");

    assertThat(overSocket("app").status()).isEqualTo(200);
    assertThat(code(overSocket("web"))).isEqualTo("CallerUnknown");
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example.com", "127.0.0.1:8250", "localhost:80", "app"})
  void refusesEveryOtherHostHeaderOverASocket(String host) throws Exception {
    headers.put("Host", host);

    assertThat(code(overSocket("app"))).isEqualTo("HostRefused");
  }

  @Test
  void describesItselfToWhoeverCallsItByItsAddress() throws Exception {
    headers.remove("Authorization");

    assertThat(call("GET", "/v1/openapi.json", "").body()).isEqualTo(ApiDescription.text());
    headers.put("Host", "evil.example.com");
    assertThat(code(call("GET", "/v1/openapi.json", ""))).isEqualTo("HostRefused");
  }

  @Test
  void tellsAContainerNothingOfAnothersKeys() throws Exception {
    assertThat(code(call("GET", "/v1/keys/rotating/events", ""))).isEqualTo("KeyUnknown");
    assertThat(call("GET", "/v1/attestation", "").body()).doesNotContain("rotating");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "{\"nonce\":7}",
        "{\"nonce\":\"short\"}",
        "{\"nonce\":\"with a space in it\"}",
        "{\"nonce\":\"0123456789\",\"userData\":7}",
        "{\"nonce\":\"0123456789\",\"keys\":[{\"kty\":\"RSA\"}]}",
        "{\"nonce\":\"0123456789\",\"authority\":\"https://evil.example.com\"}",
        "{\"nonce\":\"0123456789\",\"nonce\":\"0123456789\"}"
      })
  void letsACallerOfAttestChooseNothingButNonceAndUserData(String body) throws Exception {
    assertThat(code(call("POST", "/v1/attest", body))).isEqualTo("BodyMalformed");
  }

  @Test
  void saysWhyItCannotAttest() throws Exception {
    Reply reply = call("POST", "/v1/attest", "{\"nonce\":\"0123456789\"}");

    assertThat(reply.status()).isEqualTo(503);
    assertThat(code(reply)).isEqualTo("AttestationUnavailable");
    assertThat(code(call("GET", "/v1/collateral/amd", ""))).isEqualTo("AttestationPending");
    assertThat(call("GET", "/v1/attestation", "").body())
        .startsWith("{\"attestation\":null,")
        .contains("{\"name\":\"orders\",\"verdict\":\"NoPolicy\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/keys/orders/events", "/v1/attestation", "/v1/collateral/amd"})
  void answersNobodyWithoutAToken(String path) throws Exception {
    headers.remove("Authorization");

    assertThat(code(call("GET", path, ""))).isEqualTo("CallerUnknown");
  }

  private Reply overSocket(String container) throws IOException {
    RawCall call = RawCall.toSocket(folder.resolve(container).resolve("api.sock"));
    headers.forEach(call::with);
    return call.send("GET", "/v1/keys", "");
  }

  private Reply material(String name, String body) throws IOException {
    return call("POST", "/v1/keys/" + name + "/material", body);
  }

  private Reply call(String method, String path, String body) throws IOException {
    RawCall call = RawCall.toPort(port);
    headers.forEach(call::with);
    return call.send(method, path, body);
  }

  private static String token(String container) throws IOException {
    return Files.readString(folder.resolve(container).resolve("token"));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  private static String code(Reply reply) throws IOException {
    try {
      return JsonMembers.parse(Bytes.ofUtf8(reply.body())).text("code");
    } catch (JsonFormatException e) {
      throw new IOException(reply.status() + " without a problem", e);
    }
  }
}
