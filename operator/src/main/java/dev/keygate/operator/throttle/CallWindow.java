package dev.keygate.operator.throttle;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The calls that a vault may still be counting. One is counted from its start until a window after
 * its end: the vault saw it at some time between, so its own count is never higher than this one.
 * Pure but for what it remembers; not safe for use by several threads.
 */
final class CallWindow {

  private final Allowance allowance;

  /** When calls ended that still count, the earliest first. */
  private final List<Instant> ends = new ArrayList<>();

  /** Ends that are supposed, beside those. */
  private EvenTimes supposed = EvenTimes.NONE;

  private int underWay;

  CallWindow(Allowance allowance) {
    this.allowance = allowance;
  }

  void begin() {
    underWay++;
  }

  void end(Instant now) {
    underWay--;
    int position = ends.size();
    while (position > 0 && ends.get(position - 1).isAfter(now)) {
      position--;
    }
    ends.add(position, now);
  }

  /**
   * As if the vault had taken as much as it takes, evenly, until it has room for one again: others
   * call it, too, and what they call is not known here.
   *
   * @param room when it has room for one
   */
  void fill(Instant room) {
    ends.clear();
    Duration between = allowance.window().dividedBy(allowance.calls());
    int others = Math.max(0, allowance.calls() - underWay);
    supposed = new EvenTimes(room.minus(allowance.window()), between, others);
  }

  /**
   * When there is room for one more after so many others; empty if there is now. A call under way
   * is taken to end now.
   *
   * @param ahead who is let in before
   */
  Optional<Instant> roomAt(int ahead, Instant now) {
    forget(now);
    int ended = ends.size() + supposed.count();
    int counted = ended + underWay;
    int position = counted + ahead - allowance.calls();
    if (position < 0) {
      return Optional.empty();
    }
    int lap = position / allowance.calls();
    int slot = position % allowance.calls();
    Instant freed = slot < ended ? earliest(slot) : now;
    return Optional.of(freed.plus(allowance.window().multipliedBy(lap + 1L)));
  }

  /**
   * The end of this index among all, the earliest first: as many of {@code ends} come before it as
   * leave no supposed one before it that is later than the next of them.
   */
  private Instant earliest(int index) {
    int low = Math.max(0, index - supposed.count());
    int high = Math.min(index, ends.size());
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (supposed.at(index - middle - 1).isAfter(ends.get(middle))) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    Instant next = supposed.at(index - low);
    return low < ends.size() && ends.get(low).isBefore(next) ? ends.get(low) : next;
  }

  private void forget(Instant now) {
    Instant oldestCounted = now.minus(allowance.window());
    int gone = 0;
    while (gone < ends.size() && !ends.get(gone).isAfter(oldestCounted)) {
      gone++;
    }
    ends.subList(0, gone).clear();
    supposed = supposed.after(oldestCounted);
  }
}
