package dev.keygate.operator.exportablekey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.operator.schedule.RetrySchedule;
import dev.keygate.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyTimingTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final KeyTiming timing =
      new KeyTiming(new Stopped(), Duration.ofMinutes(10), new RetrySchedule<>(new Random(1)));

  private record Stopped() implements TimeSource {
    @Override
    public Instant now() {
      return NOW;
    }

    @Override
    public long nanoTime() {
      return 0;
    }

    @Override
    public void sleep(Duration duration) {
      throw new UnsupportedOperationException();
    }
  }

  @ParameterizedTest(name = "a change in {0} is looked at after {1}")
  @CsvSource({
    "PT5M, PT5M",
    "PT10M, PT10M",
    "PT24H, PT10M",
    "PT0.2S, PT1S",
    "PT0S, PT1S",
    "-PT5M, PT1S"
  })
  void looksAtTheNextChangeAndNotLaterThanTheResync(Duration change, Duration pause) {
    assertThat(timing.untilNextLook(Optional.of(NOW.plus(change)))).isEqualTo(pause);
  }

  @Test
  void waitsForTheResyncWhereTimeChangesNothing() {
    assertThat(timing.untilNextLook(Optional.empty())).isEqualTo(Duration.ofMinutes(10));
  }
}
