package dev.keygate.operator.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.Test;

class WaitingRunsTest {

  @Test
  void newestAndOldestAreTakenByTurns() throws InterruptedException {
    List<Integer> ran = new ArrayList<>();
    CountDownLatch allWait = new CountDownLatch(1);
    try (ExecutorService threads = WaitingRuns.threads(1)) {
      threads.execute(() -> await(allWait));
      for (int run = 1; run <= 6; run++) {
        int number = run;
        threads.execute(() -> ran.add(number));
      }
      allWait.countDown();
    }

    assertThat(ran).containsExactly(1, 6, 2, 5, 3, 4);
  }

  @Test
  void theOldestIsTakenHoweverManyNewOnesCome() throws InterruptedException {
    WaitingRuns waiting = new WaitingRuns();
    Runnable oldest = () -> {};
    waiting.add(oldest);
    List<Runnable> taken = new ArrayList<>();
    for (int run = 0; run < 4; run++) {
      waiting.add(() -> {});
      waiting.add(() -> {});
      taken.add(waiting.take());
    }

    assertThat(taken).contains(oldest);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
