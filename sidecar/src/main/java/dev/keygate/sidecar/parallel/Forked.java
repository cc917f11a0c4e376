package dev.keygate.sidecar.parallel;

import dev.keygate.failure.FailureException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Something that is done on a virtual thread while its owner does something else. {@link #close}
 * gives it up if nobody waits for it any more.
 *
 * @param <T> what comes of it
 */
public final class Forked<T> implements AutoCloseable {

  /**
   * Work that may fail or be interrupted.
   *
   * @param <T> what comes of it
   */
  @FunctionalInterface
  public interface Work<T> {
    /** Does it once. */
    T run() throws FailureException, InterruptedException;
  }

  private final FutureTask<T> task;

  private Forked(FutureTask<T> task) {
    this.task = task;
  }

  /** Starts the work. */
  public static <T> Forked<T> start(String threadName, Work<T> work) {
    FutureTask<T> task = new FutureTask<>(work::run);
    Thread.ofVirtual().name(threadName).start(task);
    return new Forked<>(task);
  }

  /**
   * Waits for the work.
   *
   * @throws FailureException what the work failed with
   */
  public T join() throws FailureException, InterruptedException {
    try {
      return task.get();
    } catch (ExecutionException failed) {
      switch (failed.getCause()) {
        case FailureException failure -> throw failure;
        case InterruptedException interrupted -> throw interrupted;
        case RuntimeException bug -> throw bug;
        case Error error -> throw error;
        case null, default -> throw new IllegalStateException("work failed otherwise", failed);
      }
    }
  }

  /** Waits for the work, whatever comes of it. */
  public void settle() throws InterruptedException {
    try {
      join();
    } catch (FailureException ignored) {
      // Whoever settles does not depend on the result.
      return;
    }
  }

  /** Interrupts the work if it is still under way. */
  @Override
  public void close() {
    task.cancel(true);
  }
}
