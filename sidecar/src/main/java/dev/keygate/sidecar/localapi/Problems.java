package dev.keygate.sidecar.localapi;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.keygate.sidecar.release.ReleaseOutcome;
import dev.keygate.sidecar.secret.SecretBytes;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes problem details (RFC 9457) with a stable {@code code}. */
final class Problems {

  private static final String RUNBOOK = "https://keygate.dev/runbook#";
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final int FORBIDDEN = 403;
  private static final int UNAVAILABLE = 503;

  private Problems() {}

  static LocalAnswer of(ApiCode code, String detail) {
    return write(code.status(), code.name(), code.title(), detail, Map.of());
  }

  /** The problem of a key that could not be released. */
  static LocalAnswer of(ReleaseOutcome outcome) {
    return switch (outcome) {
      case ReleaseOutcome.Released _ ->
          of(ApiCode.KeyPending, "The key was released and is being delivered.");
      case ReleaseOutcome.Refused refused ->
          write(
              FORBIDDEN,
              refused.reason().name(),
              "The key is not released to this machine",
              refused.message(),
              Map.of());
      case ReleaseOutcome.Unavailable unavailable ->
          write(
              UNAVAILABLE,
              unavailable.reason().name(),
              "The key cannot be released yet",
              unavailable.message(),
              retryAfter(unavailable.retryAfter().orElse(Duration.ofSeconds(1))));
    };
  }

  private static Map<String, String> retryAfter(Duration pause) {
    return Map.of("Retry-After", Long.toString(Math.max(1, pause.toSeconds())));
  }

  private static LocalAnswer write(
      int status, String code, String title, String detail, Map<String, String> more) {
    Map<String, String> headers = new LinkedHashMap<>(more);
    headers.put("Content-Type", "application/problem+json");
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("type", RUNBOOK + code);
      json.writeStringField("title", title);
      json.writeNumberField("status", status);
      json.writeStringField("detail", detail);
      json.writeStringField("code", code);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory does not fail", e);
    }
    return new LocalAnswer(status, headers, utf8(text.toString()));
  }

  static SecretBytes utf8(String text) {
    return SecretBytes.takeOwnershipOf(text.getBytes(StandardCharsets.UTF_8));
  }
}
