package dev.keygate.sidecar.localapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.sidecar.testing.RawCall.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is tried on the API over real sockets, and what it tells whom. */
class LocalApiAttackTest {

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

  LocalApiAttackTest() throws IOException {
    headers = api().headers();
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
    assertThat(ServedApi.code(call("POST", path, "{}"))).isEqualTo("PathUnknown");
  }

  /** What a proxy would be asked; nobody's request is passed on. */
  @ParameterizedTest
  @ValueSource(strings = {"http://169.254.169.254/metadata", "169.254.169.254:80", "*"})
  void isNoProxy(String target) throws Exception {
    for (String method : List.of("GET", "CONNECT", "OPTIONS")) {
      assertThat(ServedApi.code(call(method, target, ""))).isEqualTo("RequestMalformed");
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
    assertThat(ServedApi.code(overSocket("web"))).isEqualTo("CallerUnknown");
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example.com", "127.0.0.1:8250", "localhost:80", "app"})
  void refusesEveryOtherHostHeaderOverASocket(String host) throws Exception {
    headers.put("Host", host);

    assertThat(ServedApi.code(overSocket("app"))).isEqualTo("HostRefused");
  }

  @Test
  void describesItselfToWhoeverCallsItByItsAddress() throws Exception {
    headers.remove("Authorization");

    assertThat(call("GET", "/v1/openapi.json", "").body()).isEqualTo(ApiDescription.text());
    headers.put("Host", "evil.example.com");
    assertThat(ServedApi.code(call("GET", "/v1/openapi.json", ""))).isEqualTo("HostRefused");
  }

  @Test
  void tellsAContainerNothingOfAnothersKeys() throws Exception {
    assertThat(ServedApi.code(call("GET", "/v1/keys/rotating/events", ""))).isEqualTo("KeyUnknown");
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
    assertThat(ServedApi.code(call("POST", "/v1/attest", body))).isEqualTo("BodyMalformed");
  }

  @Test
  void saysWhyItCannotAttest() throws Exception {
    Reply reply = call("POST", "/v1/attest", "{\"nonce\":\"0123456789\"}");

    assertThat(reply.status()).isEqualTo(503);
    assertThat(ServedApi.code(reply)).isEqualTo("AttestationUnavailable");
    assertThat(ServedApi.code(call("GET", "/v1/collateral/amd", "")))
        .isEqualTo("AttestationPending");
    assertThat(call("GET", "/v1/attestation", "").body())
        .startsWith("{\"attestation\":null,")
        .contains("{\"name\":\"orders\",\"verdict\":\"NoPolicy\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/keys/orders/events", "/v1/attestation", "/v1/collateral/amd"})
  void answersNobodyWithoutAToken(String path) throws Exception {
    headers.remove("Authorization");

    assertThat(ServedApi.code(call("GET", path, ""))).isEqualTo("CallerUnknown");
  }

  private Reply overSocket(String container) throws IOException {
    return api().callSocket(container, headers).send("GET", "/v1/keys", "");
  }

  private Reply call(String method, String path, String body) throws IOException {
    return api().call(headers).send(method, path, body);
  }

  private static ServedApi api() {
    return served.orElseThrow();
  }
}
