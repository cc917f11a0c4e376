package dev.keygate.operator.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {

  private static final RandomGenerator MIDDLE = fixed(0.5);

  @Test
  void doublesThePauseWithEveryFailureInARow() {
    RetrySchedule<String> schedule = new RetrySchedule<>(MIDDLE);

    assertThat(schedule.pauseAfterFailure("a", Optional.empty())).hasSeconds(1);
    assertThat(schedule.pauseAfterFailure("a", Optional.empty())).hasSeconds(2);
    assertThat(schedule.pauseAfterFailure("a", Optional.empty())).hasSeconds(4);
  }

  @Test
  void neverExceedsTheLongestPauseHoweverOftenItFails() {
    RetrySchedule<String> schedule = new RetrySchedule<>(MIDDLE);

    Duration last = Duration.ZERO;
    for (int failure = 0; failure < 200; failure++) {
      last = schedule.pauseAfterFailure("a", Optional.empty());
    }

    assertThat(last).isEqualTo(RetrySchedule.LONGEST);
  }

  @Test
  void startsOverWhenForgotten() {
    RetrySchedule<String> schedule = new RetrySchedule<>(MIDDLE);
    schedule.pauseAfterFailure("a", Optional.empty());
    schedule.pauseAfterFailure("a", Optional.empty());

    schedule.forget("a");

    assertThat(schedule.pauseAfterFailure("a", Optional.empty())).isEqualTo(RetrySchedule.FIRST);
  }

  @Test
  void countsEveryObjectByItself() {
    RetrySchedule<String> schedule = new RetrySchedule<>(MIDDLE);
    schedule.pauseAfterFailure("a", Optional.empty());

    assertThat(schedule.pauseAfterFailure("b", Optional.empty())).isEqualTo(RetrySchedule.FIRST);
  }

  @Test
  void neverComesBackEarlierThanTheServiceAsked() {
    RetrySchedule<String> schedule = new RetrySchedule<>(fixed(0));

    assertThat(schedule.pauseAfterFailure("a", Optional.of(Duration.ofMinutes(10))))
        .isGreaterThanOrEqualTo(Duration.ofMinutes(10));
  }

  @Test
  void spreadsPausesByAFifthToBothSides() {
    RetrySchedule<Integer> schedule = new RetrySchedule<>(new Random(7));

    for (int object = 0; object < 100; object++) {
      assertThat(schedule.pauseAfterFailure(object, Optional.empty()))
          .isBetween(Duration.ofMillis(800), Duration.ofMillis(1200));
    }
  }

  private static RandomGenerator fixed(double value) {
    return new RandomGenerator() {
      @Override
      public long nextLong() {
        return 0;
      }

      @Override
      public double nextDouble() {
        return value;
      }
    };
  }
}
