package dev.keygate.operator.throttle;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Callers who come when they are told to, in virtual time, and notes of when each was served. */
final class Crowd {

  private final TurnQueue queue;
  private final PriorityQueue<Arrival> arrivals =
      new PriorityQueue<>(Comparator.comparing(Arrival::at).thenComparingInt(Arrival::number));
  private final List<Served> served = new ArrayList<>();
  private int number;
  private int asked;

  /** Somebody who comes at a time. */
  private record Arrival(Caller caller, Instant at, int number) {}

  /** Somebody who was served. */
  record Served(Caller caller, Instant at) {}

  Crowd(TurnQueue queue) {
    this.queue = queue;
  }

  Crowd come(String namespace, int count, Instant at) {
    for (int caller = 0; caller < count; caller++) {
      come(new Caller(namespace, "key-" + caller), at);
    }
    return this;
  }

  private void come(Caller caller, Instant at) {
    arrivals.add(new Arrival(caller, at, number));
    number++;
  }

  /** Until everybody is served; every call takes so long. */
  List<Served> serveAll(Duration call) {
    PriorityQueue<Instant> ends = new PriorityQueue<>();
    while (!arrivals.isEmpty()) {
      Arrival next = arrivals.remove();
      while (!ends.isEmpty() && !ends.peek().isAfter(next.at())) {
        queue.answered(ends.remove());
      }
      asked++;
      switch (queue.ask(next.caller(), next.at())) {
        case Turn.Now _ -> {
          served.add(new Served(next.caller(), next.at()));
          ends.add(next.at().plus(call));
        }
        case Turn.Later later -> come(next.caller(), next.at().plus(later.in()));
      }
    }
    return List.copyOf(served);
  }

  /** How often anybody asked. */
  int asked() {
    return asked;
  }
}
