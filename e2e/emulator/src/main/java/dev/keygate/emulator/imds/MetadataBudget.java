package dev.keygate.emulator.imds;

import dev.keygate.emulator.net.HttpRequest;
import dev.keygate.emulator.net.HttpResponse;
import dev.keygate.emulator.net.HttpService;
import dev.keygate.time.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalInt;

/**
 * A machine's metadata service behind the number of requests that the machine may make in any
 * second; refused ones count too. Without limit until it is given one. Safe for use by several
 * threads.
 */
public final class MetadataBudget implements HttpService {

  private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();

  private final HttpService service;
  private final TimeSource time;
  private final Deque<Long> takenNanos = new ArrayDeque<>();
  private OptionalInt perSecond = OptionalInt.empty();

  /** A service without limit. */
  public MetadataBudget(HttpService service, TimeSource time) {
    this.service = service;
    this.time = time;
  }

  /**
   * Limits the requests of a second; empty for no limit.
   *
   * @throws IllegalArgumentException if it would leave none
   */
  public synchronized void limit(OptionalInt requestsPerSecond) {
    if (requestsPerSecond.isPresent() && requestsPerSecond.getAsInt() < 1) {
      throw new IllegalArgumentException("requestsPerSecond: a number from 1 on is expected");
    }
    perSecond = requestsPerSecond;
    takenNanos.clear();
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    return isWithin()
        ? service.answer(request)
        : service.failure(429, "Temporarily throttled, too many requests");
  }

  private synchronized boolean isWithin() {
    if (perSecond.isEmpty()) {
      return true;
    }
    long now = time.nanoTime();
    while (!takenNanos.isEmpty() && now - takenNanos.getFirst() >= SECOND_NANOS) {
      takenNanos.removeFirst();
    }
    takenNanos.addLast(now);
    if (takenNanos.size() > perSecond.getAsInt()) {
      // Only the newest are of interest, however many are refused.
      takenNanos.removeFirst();
      return false;
    }
    return true;
  }

  @Override
  public HttpResponse failure(int status, String sentence) {
    return service.failure(status, sentence);
  }
}
