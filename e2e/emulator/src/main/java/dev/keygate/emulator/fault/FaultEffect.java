package dev.keygate.emulator.fault;

import java.time.Duration;
import java.util.Map;

/** What happens to a request that a fault strikes. */
public sealed interface FaultEffect {

  /**
   * The service answers a failure, in its own shape.
   *
   * @param status 400 to 599
   * @param headers such as {@code Retry-After}
   */
  record Status(int status, Map<String, String> headers) implements FaultEffect {
    public Status {
      headers = Map.copyOf(headers);
      if (status < 400 || status > 599) {
        throw new IllegalArgumentException("status: a number from 400 to 599 is expected");
      }
    }
  }

  /** The service's own answer, later; the delay is the lab's time. */
  record Delay(Duration by) implements FaultEffect {
    public Delay {
      requireShort(by);
    }
  }

  /**
   * The service's own answer, a few bytes at a time.
   *
   * @param bytes how many at once
   * @param pause between them, the lab's time
   */
  record Drip(int bytes, Duration pause) implements FaultEffect {
    public Drip {
      requireShort(pause);
      if (bytes < 1) {
        throw new IllegalArgumentException("bytes: a number from 1 on is expected");
      }
    }
  }

  /**
   * The service's own answer, whose body ends early with its connection.
   *
   * @param bytes how many of the body arrive
   */
  record Truncate(int bytes) implements FaultEffect {
    public Truncate {
      if (bytes < 0) {
        throw new IllegalArgumentException("bytes: a number from 0 on is expected");
      }
    }
  }

  /** The service does its work, and its connection is reset before an answer. */
  record Reset() implements FaultEffect {}

  /** The service's own answer under another content type. */
  record ContentType(String value) implements FaultEffect {
    public ContentType {
      if (!value.matches("[\\x20-\\x7e]{1,200}")) {
        throw new IllegalArgumentException("contentType: printable ASCII is expected");
      }
    }
  }

  /** The service is asked with another nonce than the client's, and signs that. */
  record WrongNonce() implements FaultEffect {}

  /** The first request it strikes is answered; all others get the same answer again. */
  record Replay() implements FaultEffect {}

  /** The host shows a certificate that is over. */
  record ExpiredCertificate() implements FaultEffect {}

  /**
   * The service's clock is off.
   *
   * @param offset negative for a clock that is slow; at most ten years
   */
  record WrongClock(Duration offset) implements FaultEffect {
    public WrongClock {
      if (offset.abs().compareTo(Duration.ofDays(3650)) > 0) {
        throw new IllegalArgumentException("offsetSeconds: at most ten years");
      }
    }
  }

  private static void requireShort(Duration duration) {
    if (duration.isNegative() || duration.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException("milliseconds: a number up to an hour is expected");
    }
  }
}
