package dev.keygate.time;

import java.time.Duration;
import java.time.Instant;

/**
 * Reads time and waits. Everything in the product that depends on time takes one of these, so that
 * tests and fast-clock runs decide what time it is. Implementations are safe for use by several
 * threads.
 */
public interface TimeSource {

  /** The current time of day, at least in milliseconds. */
  Instant now();

  /**
   * A reading, in nanoseconds, that only grows, for measuring how long something took. Its origin
   * has no meaning.
   */
  long nanoTime();

  /**
   * Blocks the calling thread.
   *
   * @param duration how long; zero or negative returns at once
   * @throws InterruptedException if the thread is interrupted before the time is over
   */
  void sleep(Duration duration) throws InterruptedException;
}
