package dev.keygate.azure.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keygate.azure.json.JsonFormatException;
import dev.keygate.evidence.bytes.Bytes;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerTest {

  private static Answer answer(int status, String contentType, String body) {
    return new Answer(
        "https://host/path",
        status,
        Map.of("content-type", List.of(contentType)),
        Bytes.ofUtf8(body));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"error":{"code":"Forbidden","innererror":{"code":"KeyDisabled"}}} | Forbidden/KeyDisabled
          {"error":{"code":"BadParameter","message":"s3cret"}}               | BadParameter
          {"Error":{"Code":"PolicyEvaluationError"}}                          | PolicyEvaluationError
          {"error":"invalid_client","error_description":"s3cret"}            | invalid_client
          {"error":{"code":"a b\\n<script>"}}                                | a?b??script?
          {"error":{"message":"s3cret"}}                                     | ''
          {"error":7}                                                        | ''
          []                                                                 | ''
          not JSON                                                           | ''
          """)
  void findsTheErrorCodeOfEveryShape(String body, String code) {
    assertThat(answer(400, "application/json", body).errorCode()).isEqualTo(code);
  }

  @Test
  void fallsBackToTheErrorCodeHeader() {
    Answer answer =
        new Answer("https://host/", 400, Map.of("X-MS-Error-Code", List.of("Busy")), Bytes.EMPTY);

    assertThat(answer.errorCode()).isEqualTo("Busy");
  }

  @Test
  void anErrorCodeIsBounded() {
    String body = "{\"error\":\"" + "x".repeat(10_000) + "\"}";

    assertThat(answer(400, "application/json", body).errorCode()).hasSizeLessThan(100);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "application/json; charset=utf-8",
        "Application/JSON",
        "application/jwk+json"
      })
  void readsJsonOfJsonTypes(String type) throws Exception {
    assertThat(answer(200, type, "{\"a\":\"b\"}").json().text("a")).isEqualTo("b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/html", "text/json", "", "application/jsonx", "image/svg+json"})
  void readsNoJsonOfOtherTypes(String type) {
    assertThatExceptionOfType(JsonFormatException.class)
        .isThrownBy(() -> answer(200, type, "{}").json());
  }

  @Test
  void describesWhoSaidWhatButNoBody() {
    Answer answer =
        new Answer(
            "https://host/path",
            403,
            Map.of("x-ms-request-id", List.of("0000-11\r\nInjected: x")),
            Bytes.ofUtf8("{\"error\":{\"code\":\"Forbidden\",\"message\":\"s3cret\"}}"));

    assertThat(answer.describe())
        .contains("https://host/path", "403", "Forbidden", "0000-11")
        .doesNotContain("s3cret")
        .doesNotContain("\n");
    assertThat(answer.toString()).doesNotContain("s3cret");
  }
}
