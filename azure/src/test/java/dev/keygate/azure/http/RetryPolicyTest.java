package dev.keygate.azure.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.keygate.azure.testing.FakeTime;
import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.failure.UnavailableException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryPolicyTest {

  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(20);

  private final FakeTime time = new FakeTime();
  private final AtomicInteger attempts = new AtomicInteger();

  private RetryPolicy policy(int attemptsAllowed, Duration deadline) {
    RetryLimits limits = new RetryLimits(attemptsAllowed, SHORTEST, LONGEST, deadline);
    return new RetryPolicy(limits, time, new Random(7));
  }

  private static UnavailableException unavailable(Duration retryAfter) {
    return new UnavailableException(Reason.VaultThrottled, "later", retryAfter, null);
  }

  private String succeedAt(int number) throws FailureException {
    if (attempts.incrementAndGet() < number) {
      throw unavailable(Duration.ZERO);
    }
    return "done";
  }

  @Test
  void triesAgainUntilItSucceeds() throws Exception {
    assertThat(policy(5, Duration.ofMinutes(5)).run(() -> succeedAt(4))).isEqualTo("done");
    assertThat(attempts.get()).isEqualTo(4);
    assertThat(time.sleeps()).hasSize(3);
  }

  @Test
  void givesUpAfterTheLastAttempt() {
    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(() -> policy(3, Duration.ofMinutes(5)).run(() -> succeedAt(4)));
    assertThat(attempts.get()).isEqualTo(3);
  }

  @Test
  void triesNothingTwiceThatWasRefused() {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(
            () ->
                policy(5, Duration.ofMinutes(5))
                    .run(
                        () -> {
                          attempts.incrementAndGet();
                          throw new RefusedException(Reason.NotAuthorized, "no");
                        }));
    assertThat(attempts.get()).isEqualTo(1);
    assertThat(time.sleeps()).isEmpty();
  }

  @Test
  void waitsAsLongAsTheServiceAsks() throws Exception {
    Duration asked = Duration.ofSeconds(45);

    policy(2, Duration.ofMinutes(5))
        .run(
            () -> {
              if (attempts.incrementAndGet() == 1) {
                throw unavailable(asked);
              }
              return "done";
            });

    assertThat(time.sleeps()).containsExactly(asked);
  }

  @Test
  void startsNoPauseThatEndsAfterTheDeadline() {
    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(
            () ->
                policy(9, Duration.ofSeconds(30))
                    .run(
                        () -> {
                          attempts.incrementAndGet();
                          throw unavailable(Duration.ofSeconds(31));
                        }));
    assertThat(attempts.get()).isEqualTo(1);
    assertThat(time.sleeps()).isEmpty();
  }

  @Test
  void endsByTheDeadlineHoweverManyAttemptsAreLeft() {
    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(() -> policy(1000, Duration.ofSeconds(30)).run(() -> succeedAt(999)));
    assertThat(Duration.between(FakeTime.START, time.now())).isLessThan(Duration.ofSeconds(31));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void pausesGrowAtRandomWithinTheirBounds(long seed) {
    RetryLimits limits = new RetryLimits(12, SHORTEST, LONGEST, Duration.ofHours(1));
    RetryPolicy policy = new RetryPolicy(limits, time, new Random(seed));

    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(() -> policy.run(() -> succeedAt(99)));

    Duration previous = SHORTEST;
    for (Duration pause : time.sleeps()) {
      assertThat(pause).isBetween(SHORTEST, LONGEST);
      assertThat(pause).isLessThanOrEqualTo(previous.multipliedBy(3));
      previous = pause;
    }
    assertThat(time.sleeps()).hasSize(11);
  }

  static Stream<Runnable> refusesLimitsThatMakeNoSense() {
    return Stream.of(
        () -> new RetryLimits(0, SHORTEST, LONGEST, LONGEST),
        () -> new RetryLimits(1, Duration.ZERO, LONGEST, LONGEST),
        () -> new RetryLimits(1, LONGEST, SHORTEST, LONGEST),
        () -> new RetryLimits(1, SHORTEST, LONGEST, Duration.ofSeconds(-1)));
  }

  @ParameterizedTest
  @MethodSource
  void refusesLimitsThatMakeNoSense(Runnable construction) {
    assertThatIllegalArgumentException().isThrownBy(construction::run);
  }
}
