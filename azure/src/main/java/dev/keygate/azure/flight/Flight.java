package dev.keygate.azure.flight;

import dev.keygate.failure.FailureException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * One fetch that is under way, and those who wait for it.
 *
 * @param <V> what is fetched
 */
final class Flight<V> {

  private final CountDownLatch over = new CountDownLatch(1);
  private volatile @Nullable V value;
  private volatile @Nullable FailureException failure;

  void land(V fetched) {
    value = fetched;
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

  /** The leader's value; empty if the leader gave up without an answer. */
  Optional<V> await() throws FailureException, InterruptedException {
    over.await();
    FailureException cause = failure;
    if (cause != null) {
      throw cause;
    }
    return Optional.ofNullable(value);
  }
}
