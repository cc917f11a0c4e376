package dev.keygate.azure.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keygate.azure.testing.FakeTime;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.failure.Reason;
import dev.keygate.failure.UnavailableException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BudgetedExchangeTest {

  private static final Upstream UPSTREAM =
      new Upstream("a service", Reason.CollateralUnavailable, Reason.CollateralMalformed);
  private static final Call CALL = Call.get(URI.create("http://169.254.169.254/path"));

  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration THIRD = Duration.ofNanos(333_333_333);

  private final FakeTime time = new FakeTime();
  private final AtomicInteger sent = new AtomicInteger();
  private final Exchange exchange =
      (upstream, call) -> {
        sent.incrementAndGet();
        return new Answer(call.address(), 200, Map.of(), Bytes.EMPTY);
      };

  @Test
  void sendsABurstAtOnceAndThenOneEachThird() throws Exception {
    Exchange budgeted = within(new RequestBudget(3, Duration.ofSeconds(1), LONG, time));
    for (int i = 0; i < 5; i++) {
      budgeted.send(UPSTREAM, CALL);
    }
    assertThat(time.sleeps())
        .isEqualTo(List.of(Duration.ZERO, Duration.ZERO, Duration.ZERO, THIRD, THIRD));
  }

  @Test
  void sendsABurstAgainAfterAQuietWindow() throws Exception {
    Exchange budgeted = within(new RequestBudget(3, Duration.ofSeconds(1), LONG, time));
    for (int i = 0; i < 3; i++) {
      budgeted.send(UPSTREAM, CALL);
    }
    time.advance(Duration.ofHours(1));
    for (int i = 0; i < 4; i++) {
      budgeted.send(UPSTREAM, CALL);
    }
    assertThat(time.sleeps()).endsWith(Duration.ZERO, Duration.ZERO, Duration.ZERO, THIRD);
  }

  @Test
  void isSharedByAllWhoAsk() throws Exception {
    RequestBudget budget = new RequestBudget(1, Duration.ofSeconds(1), LONG, time);
    within(budget).send(UPSTREAM, CALL);
    within(budget).send(UPSTREAM, CALL);
    assertThat(time.sleeps()).endsWith(Duration.ofSeconds(1));
  }

  @Test
  void doesNotSendWhatWouldWaitTooLong() throws Exception {
    FakeTime standing = new FakeTime();
    RequestBudget budget =
        new RequestBudget(1, Duration.ofSeconds(1), Duration.ofSeconds(2), standing);
    assertThat(List.of(budget.takeTurn(), budget.takeTurn(), budget.takeTurn()))
        .allMatch(Optional::isPresent);
    UnavailableException failure =
        catchThrowableOfType(
            UnavailableException.class,
            () -> new BudgetedExchange(exchange, budget, standing).send(UPSTREAM, CALL));
    assertThat(failure.reason()).isEqualTo(Reason.CollateralUnavailable);
    assertThat(sent).hasValue(0);
    standing.advance(Duration.ofSeconds(1));
    assertThat(budget.takeTurn()).contains(Duration.ofSeconds(2));
  }

  @Test
  void takesNoMoreOfTheMetadataServiceThanItsShare() throws Exception {
    ImdsEndpoint imds =
        new ImdsEndpoint(URI.create("http://169.254.169.254"), exchange)
            .within(RequestBudget.ofImds(time), time);
    for (int i = 0; i < 60; i++) {
      imds.exchange().send(UPSTREAM, CALL);
    }
    assertThat(Duration.ofNanos(time.nanoTime())).isBetween(Duration.ofSeconds(18), LONG);
    assertThat(sent).hasValue(60);
  }

  @ParameterizedTest
  @CsvSource({"0, 1, 1", "1, 0, 1", "1, 1, -1"})
  void refusesLimitsThatMakeNoSense(int requests, int windowSeconds, int waitSeconds) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new RequestBudget(
                    requests,
                    Duration.ofSeconds(windowSeconds),
                    Duration.ofSeconds(waitSeconds),
                    time));
  }

  private Exchange within(RequestBudget budget) {
    return new BudgetedExchange(exchange, budget, time);
  }
}
