package dev.keygate.azure.flight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keygate.failure.Reason;
import dev.keygate.failure.UnavailableException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SingleFlightTest {

  private static final int CALLERS = 20;

  private final SingleFlight<String, Integer> flights = new SingleFlight<>();
  private final AtomicInteger fetches = new AtomicInteger();
  private final CountDownLatch landing = new CountDownLatch(1);

  /** A call on a thread of its own. */
  private record Caller(Thread thread, FutureTask<Integer> result) {

    static Caller start(SingleFlight<String, Integer> flights, SingleFlight.Fetch<Integer> fetch) {
      FutureTask<Integer> result = new FutureTask<>(() -> flights.run("key", fetch));
      return new Caller(Thread.startVirtualThread(result), result);
    }

    void awaitWaiting() {
      while (thread.isAlive() && thread.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void fetchesOnceForAllWhoAskMeanwhile() throws Exception {
    List<Caller> callers = callers(this::fetchSlowly);
    landing.countDown();
    for (Caller caller : callers) {
      assertThat(caller.result().get()).isEqualTo(1);
    }
    assertThat(fetches).hasValue(1);
  }

  @Test
  void givesTheFailureToAllWhoWait() throws Exception {
    List<Caller> callers =
        callers(
            () -> {
              fetchSlowly();
              throw new UnavailableException(Reason.CollateralUnavailable, "away");
            });
    landing.countDown();
    for (Caller caller : callers) {
      assertThatThrownBy(caller.result()::get)
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(UnavailableException.class);
    }
    assertThat(fetches).hasValue(1);
  }

  @Test
  void fetchesAgainOnceTheFlightIsOver() throws Exception {
    landing.countDown();
    assertThat(flights.run("key", this::fetchSlowly)).isEqualTo(1);
    assertThat(flights.run("key", this::fetchSlowly)).isEqualTo(2);
  }

  @Test
  void keepsTheFlightsOfDifferentThingsApart() throws Exception {
    assertThat(flights.run("one", () -> flights.run("other", () -> 7))).isEqualTo(7);
  }

  @Test
  void letsAnotherTakeOverWhenTheLeaderIsInterrupted() throws Exception {
    Caller leader = Caller.start(flights, this::fetchSlowly);
    leader.awaitWaiting();
    Caller follower = Caller.start(flights, () -> 5);
    follower.awaitWaiting();
    leader.thread().interrupt();
    assertThat(follower.result().get()).isEqualTo(5);
    assertThat(fetches).hasValue(1);
  }

  private int fetchSlowly() throws InterruptedException {
    int number = fetches.incrementAndGet();
    landing.await();
    return number;
  }

  private List<Caller> callers(SingleFlight.Fetch<Integer> fetch) {
    List<Caller> callers =
        Stream.generate(() -> Caller.start(flights, fetch)).limit(CALLERS).toList();
    callers.forEach(Caller::awaitWaiting);
    return callers;
  }
}
