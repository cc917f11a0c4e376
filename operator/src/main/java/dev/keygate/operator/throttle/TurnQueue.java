package dev.keygate.operator.throttle;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides who may make calls of one kind to one vault, and when the others come back. Pure but for
 * what it remembers, and told what time it is; not safe for use by several threads.
 */
final class TurnQueue {

  /** How long a vault that says nothing of it is left alone after its first refusal in a row. */
  static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

  /** How long at most. */
  static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private static final int MOST_DOUBLINGS = 6;

  private final CallWindow window;
  private final TurnOrder order = new TurnOrder();
  private Instant pausedUntil = Instant.MIN;
  private int refusedInARow;

  TurnQueue(Allowance allowance) {
    this.window = new CallWindow(allowance);
  }

  /** Asks for one call. Asking again while waiting changes nothing. */
  Turn ask(Caller caller, Instant now) {
    int ahead = order.ahead(caller, now);
    Optional<Instant> room = window.roomAt(ahead, now);
    Instant turn = later(room.orElse(now), pausedUntil);
    if (turn.isAfter(now)) {
      Duration in = wholeMillis(Duration.between(now, turn));
      order.postpone(caller, now.plus(in));
      return new Turn.Later(in);
    }
    window.begin();
    return new Turn.Now(Duration.between(order.serve(caller), now));
  }

  /** A call has ended and the vault has not refused it for its number. */
  void answered(Instant now) {
    window.end(now);
    refusedInARow = 0;
  }

  /**
   * A call has ended and the vault says that there were too many: somebody else calls it, too. The
   * caller is first again, and all wait as long as it asked, or longer every time it does not say,
   * and at least {@link #FIRST_PAUSE}.
   */
  void refused(Caller caller, Optional<Duration> retryAfter, Instant now) {
    order.readmit(caller, now);
    window.end(now);
    Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(refusedInARow, MOST_DOUBLINGS));
    Duration own = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    refusedInARow++;
    Duration asked = retryAfter.orElse(own);
    pausedUntil =
        later(pausedUntil, now.plus(asked.compareTo(FIRST_PAUSE) > 0 ? asked : FIRST_PAUSE));
    window.fill(pausedUntil);
  }

  /** The caller is gone, or wants nothing any more. */
  void leave(Caller caller) {
    order.remove(caller);
  }

  int waiting() {
    return order.size();
  }

  Duration longestWait(Instant now) {
    return Duration.between(order.oldest(now), now);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /** Never too early: whoever comes back a moment before its turn has to come once more. */
  private static Duration wholeMillis(Duration wait) {
    return Duration.ofMillis(wait.plusNanos(999_999).toMillis());
  }
}
