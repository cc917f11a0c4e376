package dev.keygate.emulator.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.state.KeyRing;
import dev.keygate.emulator.state.MemoryState;
import dev.keygate.emulator.testing.LabClient;
import dev.keygate.emulator.testing.ShiftedTime;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.security.SecureRandom;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init") // JUnit sets the fields before each test
class ConnectProxyTest {

  private static ConnectProxy proxy;
  private static PlainHttp plain;
  private static LabClient client;

  @BeforeAll
  static void start() throws Exception {
    SecureRandom random = new SecureRandom();
    KeyRing ring = new KeyRing(new MemoryState(), random);
    ring.prepare(List.of("tls-root", "tls-issuing", "a", "b"));
    LabCertificates certificates = new LabCertificates(ring, random, new ShiftedTime());
    proxy = ConnectProxy.bind(Literal.loopback(0));
    proxy.serve(
        new Sites()
            .add("one.example", certificates.issue("a", List.of("one.example")), new Echo("one"))
            .add("two.example", certificates.issue("b", List.of("*.example")), new Echo("two"))
            .add("odd.example", certificates.issue("a", List.of("one.example")), new Echo("odd")));
    plain = PlainHttp.serve(Literal.loopback(0), new Echo("plain"));
    client = new LabClient(proxy.address(), certificates.rootPem());
  }

  @AfterAll
  static void end() {
    client.close();
    plain.close();
    proxy.close();
  }

  /** Says who it is and repeats what it was sent; fails where it is told to. */
  private record Echo(String name) implements HttpService {
    @Override
    public HttpResponse answer(HttpRequest request) {
      if (request.path().equals("/defect")) {
        throw new IllegalStateException("a secret");
      }
      ObjectNode body = Json.object().put("name", name).put("body", request.body());
      return HttpResponse.json(200, body.put("query", request.parameter("q").orElse("")));
    }

    @Override
    public HttpResponse failure(int status, String sentence) {
      return HttpResponse.json(status, Json.object().put("failed", sentence));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"one", "two"})
  void leadsToTheHostWithItsOwnCertificate(String name) {
    LabClient.Reply reply =
        client.send("POST", "https://" + name + ".example/p?Q=a%20b", "x".repeat(100_000));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("name").asText()).isEqualTo(name);
    assertThat(reply.json().path("body").asText()).hasSize(100_000);
    assertThat(reply.json().path("query").asText()).isEqualTo("a b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://three.example/", "https://one.example:444/", "https://odd.example/"})
  void leadsNowhereElse(String url) {
    assertThatThrownBy(() -> client.get(url)).hasRootCauseInstanceOf(Exception.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CONNECT three.example:443 HTTP/1.1\r\n\r\n",
        "CONNECT one.example:80 HTTP/1.1\r\n\r\n",
        "CONNECT one.example HTTP/1.1\r\n\r\n",
        "GET http://one.example/ HTTP/1.1\r\n\r\n",
        "nonsense\r\n\r\n"
      })
  void refusesWithBadGateway(String request) throws IOException {
    assertThat(exchange(proxy.address().getPort(), request.getBytes(ISO_8859_1)))
        .startsWith("HTTP/1.1 502 ");
  }

  @Test
  void hidesDefectsBehindTheServicesErrorShape() {
    LabClient.Reply reply = client.get("https://one.example/defect");

    assertThat(reply.status()).isEqualTo(500);
    assertThat(reply.json().has("failed")).isTrue();
    assertThat(reply.text()).doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET\r\n\r\n",
        "GET / HTTP/2.0\r\n\r\n",
        "GET / HTTP/1.1\r\nnocolon\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: many\r\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"
      })
  void refusesWhatIsNoHttp(String request) throws IOException {
    assertThat(exchange(plain.address().getPort(), request.getBytes(ISO_8859_1)))
        .startsWith("HTTP/1.1 400 ")
        .contains("\"failed\"");
  }

  // Nothing of the bodies is sent: what is too large is refused as soon as that is known.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 99999999\r\n\r\n",
        "Content-Length: 4194305\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n7fffffff\r\n",
        "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n3ffffe\r\n"
      })
  void refusesBodiesThatAreTooLargeBeforeTheyCome(String rest) throws IOException {
    String request = "POST / HTTP/1.1\r\n" + rest;

    assertThat(exchange(plain.address().getPort(), request.getBytes(ISO_8859_1)))
        .startsWith("HTTP/1.1 413 ")
        .contains("\"failed\"");
  }

  @Test
  void takesChunks() throws IOException {
    String request =
        String.join(
            "\r\n",
            "POST / HTTP/1.1",
            "Connection: close",
            "Transfer-Encoding: chunked",
            "",
            "3",
            "abc",
            "2;x=y",
            "de",
            "0",
            "",
            "");

    assertThat(exchange(plain.address().getPort(), request.getBytes(ISO_8859_1)))
        .startsWith("HTTP/1.1 200 ")
        .contains("\"abcde\"");
  }

  @Test
  void answersOrHangsUpOnAnyBytes() throws IOException {
    Random random = new Random(1);
    for (int i = 0; i < 50; i++) {
      byte[] noise = new byte[random.nextInt(300)];
      random.nextBytes(noise);
      String answer = exchange(plain.address().getPort(), noise);
      assertThat(answer.isEmpty() || answer.startsWith("HTTP/1.1 4")).isTrue();
    }
  }

  private static String exchange(int port, byte[] request) throws IOException {
    try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      out.write(request);
      out.flush();
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }
}
