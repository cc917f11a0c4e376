package dev.keygate.azure.http;

import dev.keygate.time.TimeSource;
import java.time.Duration;
import java.util.Optional;

/**
 * How many requests a service gets in a time: a token bucket that all callers of one process share.
 * Each request takes a turn, first come first served; one that would have to wait too long gets
 * none. Safe for use by several threads.
 */
public final class RequestBudget {

  /**
   * The instance metadata service throttles a machine at about five requests a second. This process
   * takes three: its neighbours on the node are not counted here and need some, too.
   */
  public static RequestBudget ofImds(TimeSource time) {
    return new RequestBudget(3, Duration.ofSeconds(1), Duration.ofSeconds(10), time);
  }

  private final long nanosPerRequest;
  private final long burstNanos;
  private final long longestWaitNanos;
  private final TimeSource time;

  /** When the bucket is, or would have been, full but for one request; may lie in the past. */
  private long nextTurn;

  /**
   * @param requests how many requests there are in a window, and at once after a quiet one
   * @param window the window
   * @param longestWait requests that would wait longer get no turn
   */
  public RequestBudget(int requests, Duration window, Duration longestWait, TimeSource time) {
    if (requests < 1 || !window.isPositive() || longestWait.isNegative()) {
      throw new IllegalArgumentException("the limits of the budget contradict each other");
    }
    this.nanosPerRequest = window.toNanos() / requests;
    this.burstNanos = nanosPerRequest * (requests - 1);
    this.longestWaitNanos = longestWait.toNanos();
    this.time = time;
    this.nextTurn = time.nanoTime() - burstNanos;
  }

  /** How long to wait before the request may be sent; empty if it may not be sent at all. */
  synchronized Optional<Duration> takeTurn() {
    long now = time.nanoTime();
    long turn = nextTurn - (now - burstNanos) > 0 ? nextTurn : now - burstNanos;
    long wait = Math.max(0, turn - now);
    if (wait > longestWaitNanos) {
      return Optional.empty();
    }
    nextTurn = turn + nanosPerRequest;
    return Optional.of(Duration.ofNanos(wait));
  }
}
