package dev.keygate.operator.throttle;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who is next. Namespaces take turns whatever the number of their callers, and the callers of one
 * namespace come first come first served (start-time fair queueing: a place is one after the
 * namespace's last one, but never before the place that was served last). A caller keeps its place
 * until it is served, and loses it when it does not come back. Pure but for what it remembers; not
 * safe for use by several threads.
 */
final class TurnOrder {

  /** How much later than told a caller may come back: runs are many, and threads are not. */
  static final Duration GRACE = Duration.ofSeconds(15);

  private final Map<Caller, Place> places = new HashMap<>();
  private final TreeMap<Place, Waiting> order = new TreeMap<>();
  private final Map<String, Long> lastRounds = new HashMap<>();
  private long served;
  private long arrivals;

  /** Round first, from 1 on; who came earlier goes first within a round. */
  private record Place(long round, long arrival) implements Comparable<Place> {
    private static final Comparator<Place> ORDER =
        Comparator.comparingLong(Place::round).thenComparingLong(Place::arrival);

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }
  }

  private record Waiting(Caller caller, Instant since, Instant back) {}

  int size() {
    return places.size();
  }

  /** Since when the one who waits longest has been waiting; now if nobody waits. */
  Instant oldest(Instant now) {
    return order.values().stream().map(Waiting::since).min(Comparator.naturalOrder()).orElse(now);
  }

  /** How many go before this caller, who has a place from now on. */
  int ahead(Caller caller, Instant now) {
    dropLate(caller, now);
    Place place = places.computeIfAbsent(caller, this::next);
    order.putIfAbsent(place, new Waiting(caller, now, now));
    return order.headMap(place).size();
  }

  /** The caller was served in vain: it is first again, behind others like it. */
  void readmit(Caller caller, Instant now) {
    arrivals++;
    Place first = new Place(0, arrivals);
    places.put(caller, first);
    order.put(first, new Waiting(caller, now, now));
  }

  /** The caller has been told to come back. */
  void postpone(Caller caller, Instant back) {
    Place place = places.get(caller);
    if (place != null) {
      order.computeIfPresent(place, (_, waiting) -> new Waiting(caller, waiting.since(), back));
    }
  }

  /** It is the caller's turn; returns since when it has been waiting. */
  Instant serve(Caller caller) {
    Place place = places.get(caller);
    Waiting waiting = place == null ? null : order.get(place);
    if (place == null || waiting == null) {
      throw new IllegalStateException("who is served has a place");
    }
    served = Math.max(served, place.round());
    remove(caller);
    return waiting.since();
  }

  /** The caller wants no turn any more. */
  void remove(Caller caller) {
    Place place = places.remove(caller);
    if (place != null) {
      order.remove(place);
    }
    if (places.isEmpty()) {
      lastRounds.clear();
    }
  }

  private Place next(Caller caller) {
    long round = Math.max(served, lastRounds.getOrDefault(caller.namespace(), 0L)) + 1;
    lastRounds.put(caller.namespace(), round);
    arrivals++;
    return new Place(round, arrivals);
  }

  private void dropLate(Caller arriving, Instant now) {
    while (!order.isEmpty()) {
      Waiting first = order.firstEntry().getValue();
      if (first.caller().equals(arriving) || !first.back().plus(GRACE).isBefore(now)) {
        return;
      }
      remove(first.caller());
    }
  }
}
