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
    Instant first = room.minus(allowance.window());
    for (int call = underWay; call < allowance.calls(); call++) {
      ends.add(first.plus(between.multipliedBy(ends.size())));
    }
  }

  /**
   * When there is room for one more after so many others; empty if there is now. A call under way
   * is taken to end now.
   *
   * @param ahead who is let in before
   */
  Optional<Instant> roomAt(int ahead, Instant now) {
    forget(now);
    int counted = ends.size() + underWay;
    int position = counted + ahead - allowance.calls();
    if (position < 0) {
      return Optional.empty();
    }
    int lap = position / allowance.calls();
    int slot = position % allowance.calls();
    Instant freed = slot < ends.size() ? ends.get(slot) : now;
    return Optional.of(freed.plus(allowance.window().multipliedBy(lap + 1L)));
  }

  private void forget(Instant now) {
    Instant oldestCounted = now.minus(allowance.window());
    int gone = 0;
    while (gone < ends.size() && !ends.get(gone).isAfter(oldestCounted)) {
      gone++;
    }
    ends.subList(0, gone).clear();
  }
}
