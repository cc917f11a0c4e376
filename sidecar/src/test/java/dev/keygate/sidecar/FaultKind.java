package dev.keygate.sidecar;

import dev.keygate.emulator.fault.FaultEffect;
import java.time.Duration;
import java.util.Map;

/** What goes wrong with a call. */
enum FaultKind {
  STATUS_400("answers 400"),
  STATUS_401("answers 401"),
  STATUS_403("answers 403"),
  STATUS_404("answers 404"),
  STATUS_410("answers 410"),
  STATUS_429("answers 429 and asks for 2 s"),
  STATUS_500("answers 500"),
  STATUS_503("answers 503"),
  HANG("does not answer in time"),
  DRIP("answers a byte at a time"),
  TRUNCATE("breaks its answer off"),
  RESET("resets the connection"),
  CONTENT_TYPE("answers with HTML's content type"),
  EXPIRED_CERTIFICATE("shows an expired certificate"),
  WRONG_CLOCK("has a clock that is two days ahead"),
  WRONG_NONCE("answers to another nonce"),
  REPLAY("repeats an earlier answer");

  private final String title;

  FaultKind(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  FaultEffect effect() {
    return switch (this) {
      case STATUS_400 -> status(400);
      case STATUS_401 -> status(401);
      case STATUS_403 -> status(403);
      case STATUS_404 -> status(404);
      case STATUS_410 -> status(410);
      case STATUS_429 -> new FaultEffect.Status(429, Map.of("Retry-After", "2"));
      case STATUS_500 -> status(500);
      case STATUS_503 -> status(503);
      case HANG -> new FaultEffect.Delay(Duration.ofSeconds(4));
      case DRIP -> new FaultEffect.Drip(1, Duration.ofMillis(40));
      case TRUNCATE -> new FaultEffect.Truncate(20);
      case RESET -> new FaultEffect.Reset();
      case CONTENT_TYPE -> new FaultEffect.ContentType("text/html");
      case EXPIRED_CERTIFICATE -> new FaultEffect.ExpiredCertificate();
      case WRONG_CLOCK -> new FaultEffect.WrongClock(Duration.ofDays(2));
      case WRONG_NONCE -> new FaultEffect.WrongNonce();
      case REPLAY -> new FaultEffect.Replay();
    };
  }

  /** Whether it strikes connections, before any path is asked. */
  boolean isOfConnections() {
    return this == EXPIRED_CERTIFICATE;
  }

  /** Whether it takes the time that a caller is ready to wait. */
  boolean isSlow() {
    return this == HANG || this == DRIP;
  }

  /** Whether it needs an earlier call to be felt. */
  boolean needsEarlierCall() {
    return this == REPLAY;
  }

  boolean canHappenTo(FaultCall call) {
    return switch (this) {
      case EXPIRED_CERTIFICATE -> call.isTls();
      case WRONG_NONCE, REPLAY -> call.hasNonce();
      default -> true;
    };
  }

  private static FaultEffect status(int status) {
    return new FaultEffect.Status(status, Map.of());
  }
}
