package dev.keygate.operator.exportablekey;

import dev.keygate.time.TimeSource;
import java.time.Duration;
import java.time.Instant;

/** Virtual time: it moves when told to, and an operator's clock may be off. */
final class ModelClock implements TimeSource {

  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private Instant now = START;
  private Duration skew = Duration.ZERO;

  void advance(Duration by) {
    now = now.plus(by);
  }

  /** Sets the operator's clock to this distance from the vaults'. */
  void skew(Duration by) {
    skew = by;
  }

  /** The clock of the machine that the operator runs on. */
  TimeSource operators() {
    return new TimeSource() {
      @Override
      public Instant now() {
        return ModelClock.this.now().plus(skew);
      }

      @Override
      public long nanoTime() {
        return ModelClock.this.nanoTime();
      }

      @Override
      public void sleep(Duration duration) {
        ModelClock.this.sleep(duration);
      }
    };
  }

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public long nanoTime() {
    return Duration.between(START, now).toNanos();
  }

  @Override
  public void sleep(Duration duration) {
    advance(duration);
  }
}
