package dev.keygate.azure.identity;

import dev.keygate.failure.FailureException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** One fetch that is under way, and those who wait for it. */
final class Flight {

  private final CountDownLatch over = new CountDownLatch(1);
  private volatile @Nullable BearerToken token;
  private volatile @Nullable FailureException failure;

  void land(BearerToken fetched) {
    token = fetched;
    over.countDown();
  }

  void fail(FailureException cause) {
    failure = cause;
    over.countDown();
  }

  /** Lets the waiting go without a result, if there is none yet. */
  void abandon() {
    over.countDown();
  }

  /** The leader's token; empty if the leader gave up without an answer. */
  Optional<BearerToken> await() throws FailureException, InterruptedException {
    over.await();
    FailureException cause = failure;
    if (cause != null) {
      throw cause;
    }
    return Optional.ofNullable(token);
  }
}
