package dev.keygate.sidecar.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;
import dev.keygate.failure.UnavailableException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ForkedTest {

  private static final Duration SOON = Duration.ofSeconds(20);

  private final CountDownLatch started = new CountDownLatch(1);
  private final CountDownLatch mayEnd = new CountDownLatch(1);
  private final AtomicBoolean isInterrupted = new AtomicBoolean();
  private final AtomicBoolean hasEnded = new AtomicBoolean();

  @Test
  void givesBackWhatCameOfTheWork() throws Exception {
    try (var forked = Forked.start("work", () -> "done")) {
      assertThat(forked.join()).isEqualTo("done");
    }
  }

  @Test
  void failsAsTheWorkFailed() {
    UnavailableException failure =
        new UnavailableException(Reason.VaultUnavailable, "away", null, null);
    try (var forked =
        Forked.start(
            "work",
            () -> {
              throw failure;
            })) {
      assertThatExceptionOfType(FailureException.class).isThrownBy(forked::join).isSameAs(failure);
    }
  }

  @Test
  void endsNoSoonerThanTheWorkThatIsGivenUp() throws Exception {
    Forked<String> forked = Forked.start("work", this::workThatTidiesUp);
    started.await();

    Thread closing = Thread.ofVirtual().start(forked::close);
    await().atMost(SOON).until(isInterrupted::get);
    await().atMost(SOON).until(() -> closing.getState() == Thread.State.WAITING);
    mayEnd.countDown();

    assertThat(closing.join(SOON)).isTrue();
    assertThat(hasEnded).isTrue();
  }

  private String workThatTidiesUp() throws InterruptedException {
    started.countDown();
    try {
      new CountDownLatch(1).await();
      return "never";
    } catch (InterruptedException givenUp) {
      isInterrupted.set(true);
      mayEnd.await();
      hasEnded.set(true);
      throw givenUp;
    }
  }
}
