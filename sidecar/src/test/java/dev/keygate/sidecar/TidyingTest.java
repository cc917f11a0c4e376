package dev.keygate.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.sidecar.testing.FakeTime;
import dev.keygate.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TidyingTest {

  private final FakeTime time = new FakeTime();
  private final AtomicInteger collections = new AtomicInteger();

  @Test
  void collectsOnceASecondAfterTheLastKeyIsServed() {
    Instant served = time.now().plusSeconds(40);

    new Tidying(() -> !time.now().isBefore(served), time, this::collect).run();

    assertThat(collections).hasValue(1);
    assertThat(time.now()).isEqualTo(served.plusSeconds(1));
  }

  @Test
  void collectsNothingWhileAKeyIsMissing() {
    AtomicInteger looks = new AtomicInteger();

    new Tidying(
            () -> {
              if (looks.incrementAndGet() == 100) {
                Thread.currentThread().interrupt();
              }
              return false;
            },
            new Interruptible(time),
            this::collect)
        .run();

    assertThat(collections).hasValue(0);
    assertThat(Thread.interrupted()).isTrue();
  }

  private void collect() {
    collections.incrementAndGet();
  }

  /** As a real one, ends the wait of a thread that is told to stop. */
  private record Interruptible(FakeTime time) implements TimeSource {

    @Override
    public Instant now() {
      return time.now();
    }

    @Override
    public long nanoTime() {
      return time.nanoTime();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      time.sleep(duration);
    }
  }
}
