package dev.keygate.sidecar.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestHeadTest {

  private static final int TRIES = 20_000;

  @Test
  void readsLineAndHeaders() throws Exception {
    RequestHead head = parse("POST /v1/attest HTTP/1.1\r\nHost: a:1\r\nX-a:\tb c \r\nx-A: d");

    assertThat(head.method()).isEqualTo("POST");
    assertThat(head.target()).isEqualTo("/v1/attest");
    assertThat(head.single("host")).contains("a:1");
    assertThat(head.header("X-A")).containsExactly("b c", "d");
    assertThat(head.single("X-A")).isEmpty();
    assertThat(head.bodyBytes()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "GET",
        "GET /",
        "GET / HTTP/1.0",
        "GET / HTTP/2.0",
        "get / HTTP/1.1",
        "GET  / HTTP/1.1",
        "GET /a b HTTP/1.1",
        "GET / HTTP/1.1 ",
        " GET / HTTP/1.1",
        "GET http://127.0.0.1:8250/ HTTP/1.1",
        "OPTIONS * HTTP/1.1",
        "CONNECT 169.254.169.254:80 HTTP/1.1",
        "GET /\u00e9 HTTP/1.1",
        "GET /\u0000 HTTP/1.1",
        "GET / HTTP/1.1\nHost: a",
        "GET / HTTP/1.1\r\nHost: a\nX: b",
        "GET / HTTP/1.1\r\nHost : a",
        "GET / HTTP/1.1\r\n Host: a",
        "GET / HTTP/1.1\r\nHost: a\r\n b",
        "GET / HTTP/1.1\r\nHost",
        "GET / HTTP/1.1\r\n: a",
        "GET / HTTP/1.1\r\nHo st: a",
        "GET / HTTP/1.1\r\nHost: a\u0000",
        "GET / HTTP/1.1\r\nHost: a\u00e9",
        "GET / HTTP/1.1\r\nHost: a\rb"
      })
  void refusesWhatAnotherReaderCouldReadDifferently(String head) {
    assertThatExceptionOfType(WireException.class)
        .isThrownBy(() -> parse(head))
        .matches(refused -> refused.defect() == WireDefect.MALFORMED);
  }

  @Test
  void refusesMoreHeadersThanAnybodyNeeds() {
    assertThatExceptionOfType(WireException.class)
        .isThrownBy(() -> parse("GET / HTTP/1.1" + "\r\nX: y".repeat(64)));
  }

  @ParameterizedTest
  @CsvSource({
    "Content-Length: -1, MALFORMED",
    "Content-Length: +1, MALFORMED",
    "Content-Length: 0x1, MALFORMED",
    "'Content-Length: 1, 1', MALFORMED",
    "Content-Length:, MALFORMED",
    "Content-Length: 9999999999, MALFORMED",
    "Content-Length: 8193, BODY_TOO_LARGE",
    "Content-Length: 999999999, BODY_TOO_LARGE",
    "Transfer-Encoding: chunked, LENGTH_MISSING",
    "Transfer-Encoding: identity, LENGTH_MISSING"
  })
  void refusesABodyOfWhichItCannotSayWhereItEnds(String header, WireDefect defect)
      throws Exception {
    RequestHead head = parse("POST / HTTP/1.1\r\n" + header);

    assertThatExceptionOfType(WireException.class)
        .isThrownBy(head::bodyBytes)
        .matches(refused -> refused.defect() == defect);
  }

  @Test
  void refusesTwoLengthsAndALengthBesideChunks() throws Exception {
    RequestHead twice = parse("POST / HTTP/1.1\r\nContent-Length: 1\r\ncontent-length: 1");
    RequestHead both = parse("POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked");

    assertThatExceptionOfType(WireException.class).isThrownBy(twice::bodyBytes);
    assertThatExceptionOfType(WireException.class).isThrownBy(both::bodyBytes);
  }

  @Test
  void throwsNothingElseWhateverComes() {
    Random random = new Random(8250);
    String seed = "POST /v1/keys HTTP/1.1\r\nHost: 127.0.0.1:8250\r\nContent-Length: 12";
    for (int i = 0; i < TRIES; i++) {
      byte[] head = seed.getBytes(StandardCharsets.ISO_8859_1);
      for (int changes = random.nextInt(4); changes >= 0; changes--) {
        head[random.nextInt(head.length)] = (byte) random.nextInt(256);
      }
      try {
        RequestHead.parse(head).bodyBytes();
      } catch (WireException refused) {
        assertThat(refused.defect()).isNotNull();
      }
    }
  }

  @Test
  void showsNoHeaders() throws Exception {
    assertThat(parse("GET / HTTP/1.1\r\nAuthorization: Bearer x")).hasToString("GET /");
  }

  private static RequestHead parse(String head) throws WireException {
    return RequestHead.parse(head.getBytes(StandardCharsets.UTF_8));
  }
}
