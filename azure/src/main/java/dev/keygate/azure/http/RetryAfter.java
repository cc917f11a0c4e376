package dev.keygate.azure.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Reads {@code Retry-After} (RFC 9110 §10.2.3): seconds or an HTTP date. */
final class RetryAfter {

  /** No service of ours asks for more; a larger value would be a mistake or an attack. */
  static final Duration LIMIT = Duration.ofHours(1);

  private RetryAfter() {}

  /** Between zero and one hour, or empty if the value is neither seconds nor a date. */
  static Optional<Duration> parse(String value, Instant now) {
    String text = value.strip();
    if (text.matches("[0-9]{1,9}")) {
      return Optional.of(bounded(Duration.ofSeconds(Long.parseLong(text))));
    }
    try {
      Instant until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Optional.of(bounded(Duration.between(now, until)));
    } catch (DateTimeException neither) {
      return Optional.empty();
    }
  }

  private static Duration bounded(Duration asked) {
    if (asked.isNegative()) {
      return Duration.ZERO;
    }
    return asked.compareTo(LIMIT) > 0 ? LIMIT : asked;
  }
}
