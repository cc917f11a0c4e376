package dev.keygate.sidecar.localapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.RSAKey;
import dev.keygate.azure.json.JsonMembers;
import dev.keygate.contract.GrantedVersion;
import dev.keygate.contract.VersionState;
import dev.keygate.endpoint.KeyVersion;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.sidecar.testing.Keys;
import dev.keygate.sidecar.testing.RawCall.Reply;
import dev.keygate.sidecar.testing.ReleasedKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Over real sockets, and with requests that no HTTP library would send. */
class LocalApiTest {

  @TempDir private static Path folder;
  private static Optional<ServedApi> served = Optional.empty();

  private final Map<String, String> headers;

  @BeforeAll
  static void serve() throws Exception {
    served = Optional.of(ServedApi.start(folder));
  }

  @AfterAll
  static void stop() {
    served.ifPresent(ServedApi::close);
  }

  LocalApiTest() throws IOException {
    headers = api().headers();
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
    headers.put("Authorization", "Bearer " + api().token("rotating"));
    String first = "{\"version\":\"" + ReleasedKeys.FIRST + "\"}";
    GrantedVersion current =
        new GrantedVersion(new KeyVersion(ReleasedKeys.SECOND), VersionState.Current);
    api().lease().deliver("rotating", ReleasedKeys.oct(ReleasedKeys.FIRST, 1));
    api().lease().deliver("rotating", ReleasedKeys.oct(ReleasedKeys.SECOND, 2));
    api()
        .lease()
        .settle(
            "rotating",
            List.of(
                current,
                new GrantedVersion(new KeyVersion(ReleasedKeys.FIRST), VersionState.Overlap)));

    assertThat(material("rotating", "{}").header("etag"))
        .contains("\"" + ReleasedKeys.SECOND + "\"");
    assertThat(material("rotating", first).header("etag"))
        .contains("\"" + ReleasedKeys.FIRST + "\"");

    api().lease().settle("rotating", List.of(current));

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
    headers.put("Authorization", "Bearer " + api().token("web"));

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
      assertThat(ServedApi.code(reply)).isEqualTo(code);
    }
  }

  @Test
  void tellsWhenToComeBack() throws Exception {
    assertThat(material("down", "{}").header("retry-after")).contains("7");
  }

  @Tag("rival-03")
  @Tag("rival-19")
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

    assertThat(ServedApi.code(material("orders", "{}"))).isEqualTo("HostRefused");
  }

  @Tag("rival-03")
  @Tag("rival-03")
  @Test
  void refusesTwoHostHeaders() throws Exception {
    headers.put("Host", "127.0.0.1:" + api().port() + "\r\nHost: evil.example.com");

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

    assertThat(ServedApi.code(material("orders", "{}"))).isEqualTo("CallerUnknown");
    assertThat(ServedApi.code(call("GET", "/v1/keys", ""))).isEqualTo("CallerUnknown");
  }

  @Tag("rival-03")
  @Tag("rival-03")
  @Test
  void refusesAKeyOfAnotherContainer() throws Exception {
    headers.put("Authorization", "Bearer " + api().token("web"));

    assertThat(ServedApi.code(material("orders", "{}"))).isEqualTo("KeyUnknown");
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

    assertThat(ServedApi.code(material("orders", "{}"))).isEqualTo("MediaTypeRefused");
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
      assertThat(ServedApi.code(reply)).isEqualTo(code);
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
    assertThat(ServedApi.code(material("orders", body))).isEqualTo("BodyMalformed");
  }

  @Test
  void refusesAVersionThatIsNotHeld() throws Exception {
    assertThat(ServedApi.code(material("orders", "{\"version\":\"" + ReleasedKeys.SECOND + "\"}")))
        .isEqualTo("VersionUnknown");
  }

  @Test
  void refusesAFormatThatNobodyWrites() throws Exception {
    headers.put("Accept", "text/html");

    assertThat(ServedApi.code(material("orders", "{}"))).isEqualTo("FormatRefused");
  }

  @Test
  void refusesPemOfASymmetricKey() throws Exception {
    headers.put("Accept", "application/x-pem-file");

    assertThat(ServedApi.code(material("session", "{}"))).isEqualTo("FormatRefused");
  }

  @Test
  void refusesABodyThatIsTooLarge() throws Exception {
    assertThat(ServedApi.code(material("orders", "{\"x\":\"" + "y".repeat(9000) + "\"}")))
        .isEqualTo("BodyTooLarge");
  }

  @Tag("rival-03")
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
    return api().call(headers).send(method, path, body);
  }

  private static ServedApi api() {
    return served.orElseThrow();
  }
}
