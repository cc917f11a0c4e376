package dev.keygate.sidecar.localapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.RSAKey;
import dev.keygate.azure.json.JsonFormatException;
import dev.keygate.azure.json.JsonMembers;
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
import dev.keygate.sidecar.testing.ReleasedKeys;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Over real sockets, and with requests that no HTTP library would send. */
class LocalRoutesTest {

  private static final MemoryLease LEASE = new MemoryLease();
  private static final OutcomeBoard BOARD = new OutcomeBoard();

  @TempDir private static Path folder;
  private static Vertx vertx = Vertx.vertx();
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
    Router router = Router.router(vertx);
    new LocalRoutes(new LocalApi(port, callers, LEASE, BOARD)).mount(router);
    HttpServer server = vertx.createHttpServer().requestHandler(router);
    server
        .listen(port, "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
  }

  @AfterAll
  static void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    LEASE.close();
  }

  LocalRoutesTest() throws IOException {
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
      assertThat(reply.code()).isEqualTo(code);
    }
  }

  @Test
  void tellsWhenToComeBack() throws Exception {
    assertThat(material("down", "{}").header("retry-after")).contains("7");
  }

  @Tag("rival-03")
  @Tag("rival-19")
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

    assertThat(material("orders", "{}").code()).isEqualTo("HostRefused");
  }

  @Tag("rival-03")
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

    assertThat(material("orders", "{}").code()).isEqualTo("CallerUnknown");
    assertThat(call("GET", "/v1/keys", "").code()).isEqualTo("CallerUnknown");
  }

  @Tag("rival-03")
  @Test
  void refusesAKeyOfAnotherContainer() throws Exception {
    headers.put("Authorization", "Bearer " + token("web"));

    assertThat(material("orders", "{}").code()).isEqualTo("KeyUnknown");
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

    assertThat(material("orders", "{}").code()).isEqualTo("MediaTypeRefused");
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
      assertThat(reply.code()).isEqualTo(code);
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
    assertThat(material("orders", body).code()).isEqualTo("BodyMalformed");
  }

  @Test
  void refusesAVersionThatIsNotHeld() throws Exception {
    assertThat(material("orders", "{\"version\":\"" + ReleasedKeys.SECOND + "\"}").code())
        .isEqualTo("VersionUnknown");
  }

  @Test
  void refusesAFormatThatNobodyWrites() throws Exception {
    headers.put("Accept", "text/html");

    assertThat(material("orders", "{}").code()).isEqualTo("FormatRefused");
  }

  @Test
  void refusesPemOfASymmetricKey() throws Exception {
    headers.put("Accept", "application/x-pem-file");

    assertThat(material("session", "{}").code()).isEqualTo("FormatRefused");
  }

  @Test
  void refusesABodyThatIsTooLarge() throws Exception {
    assertThat(material("orders", "{\"x\":\"" + "y".repeat(4000) + "\"}").code())
        .isEqualTo("BodyTooLarge");
  }

  @Tag("rival-03")
  @Test
  void answersNoPreflight() throws Exception {
    headers.put("Origin", "https://evil.example.com");
    headers.put("Access-Control-Request-Method", "POST");

    Reply reply = call("OPTIONS", "/v1/keys/orders/material", "");

    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.header("access-control-allow-origin")).isEmpty();
  }

  private Reply material(String name, String body) throws IOException {
    return call("POST", "/v1/keys/" + name + "/material", body);
  }

  private Reply call(String method, String path, String body) throws IOException {
    StringBuilder request = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
    headers.forEach(
        (name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
    byte[] octets = body.getBytes(StandardCharsets.UTF_8);
    request.append("Content-Length: ").append(octets.length).append("\r\n");
    request.append("Connection: close\r\n\r\n").append(body);
    try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.UTF_8));
      return Reply.parse(
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private static String token(String container) throws IOException {
    return Files.readString(folder.resolve(container).resolve("token"));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  private record Reply(int status, String head, String body) {

    static Reply parse(String text) {
      String[] parts = text.split("\r\n\r\n", 2);
      return new Reply(Integer.parseInt(text.split(" ", 3)[1]), parts[0], parts[1]);
    }

    Optional<String> header(String name) {
      return head.lines()
          .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst();
    }

    String code() throws IOException {
      try {
        return JsonMembers.parse(Bytes.ofUtf8(body)).text("code");
      } catch (JsonFormatException e) {
        throw new IOException(status + " without a problem", e);
      }
    }
  }
}
