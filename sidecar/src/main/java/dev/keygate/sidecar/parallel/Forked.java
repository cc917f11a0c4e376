package dev.keygate.sidecar.parallel;

import dev.keygate.failure.FailureException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Something that is done on a virtual thread while its owner does something else. It does not
 * outlive {@link #close}, which gives it up if nobody waits for it any more.
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
  private final Thread thread;

  private Forked(FutureTask<T> task, Thread thread) {
    this.task = task;
    this.thread = thread;
  }

  /** Starts the work. */
  public static <T> Forked<T> start(String threadName, Work<T> work) {
    FutureTask<T> task = new FutureTask<>(work::run);
    return new Forked<>(task, Thread.ofVirtual().name(threadName).start(task));
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

  /**
   * Interrupts the work if it is still under way, and returns when it has ended: what is given up
   * writes nothing more.
   */
  @Override
  public void close() {
    task.cancel(true);
    ThreadEnd.await(thread);
  }
}
