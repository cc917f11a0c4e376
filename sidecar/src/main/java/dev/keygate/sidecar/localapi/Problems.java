package dev.keygate.sidecar.localapi;

import dev.keygate.failure.FailureException;
import dev.keygate.failure.RefusedException;
import dev.keygate.failure.UnavailableException;
import dev.keygate.sidecar.release.ReleaseOutcome;
import dev.keygate.sidecar.secret.SecretBytes;
import dev.keygate.sidecar.wire.JsonText;
import dev.keygate.sidecar.wire.LocalAnswer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Writes problem details (RFC 9457) with a stable {@code code}. */
final class Problems {

  private static final String RUNBOOK = "https://keygate.dev/runbook#";
  private static final int FORBIDDEN = 403;
  private static final int UNAVAILABLE = 503;

  private Problems() {}

  static LocalAnswer of(ApiCode code, String detail) {
    return write(code.status(), code.name(), code.title(), detail, Map.of());
  }

  static LocalAnswer methodRefused(String allowed) {
    return write(
        ApiCode.MethodRefused.status(),
        ApiCode.MethodRefused.name(),
        ApiCode.MethodRefused.title(),
        "Call this path with " + allowed + ".",
        Map.of("Allow", allowed));
  }

  static LocalAnswer tooMany(Duration pause) {
    return write(
        ApiCode.TooManyRequests.status(),
        ApiCode.TooManyRequests.name(),
        ApiCode.TooManyRequests.title(),
        "Call again when the pause is over.",
        retryAfter(pause));
  }

  static LocalAnswer callerUnknown() {
    return write(
        ApiCode.CallerUnknown.status(),
        ApiCode.CallerUnknown.name(),
        ApiCode.CallerUnknown.title(),
        "Send Authorization: Bearer and the token of this container's token file.",
        Map.of("WWW-Authenticate", "Bearer"));
  }

  /** The problem of a machine that could not be attested for the caller. */
  static LocalAnswer of(FailureException failure) {
    String detail = String.valueOf(failure.getMessage());
    return switch (failure) {
      case RefusedException refused ->
          write(
              FORBIDDEN, refused.reason().name(), "This machine is not attested", detail, Map.of());
      case UnavailableException unavailable ->
          write(
              UNAVAILABLE,
              unavailable.reason().name(),
              "This machine cannot be attested now",
              detail,
              retryAfter(unavailable.retryAfter().orElse(Duration.ofSeconds(1))));
    };
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
    return Map.of("Retry-After", Long.toString(Math.max(1, pause.plusMillis(999).toSeconds())));
  }

  private static LocalAnswer write(
      int status, String code, String title, String detail, Map<String, String> more) {
    Map<String, String> headers = new LinkedHashMap<>(more);
    headers.put("Content-Type", "application/problem+json");
    String text =
        JsonText.object(
            json -> {
              json.writeStringField("type", RUNBOOK + code.toLowerCase(Locale.ROOT));
              json.writeStringField("title", title);
              json.writeNumberField("status", status);
              json.writeStringField("detail", detail);
              json.writeStringField("code", code);
            });
    return new LocalAnswer(status, headers, utf8(text));
  }

  static SecretBytes utf8(String text) {
    return SecretBytes.takeOwnershipOf(text.getBytes(StandardCharsets.UTF_8));
  }
}
