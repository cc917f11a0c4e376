package dev.keygate.azure.flight;

import dev.keygate.failure.FailureException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * However many callers need the same thing at once, one of them fetches it, and all of them get
 * what it got, value or failure. Safe for use by several threads.
 *
 * @param <K> what tells one thing from another
 * @param <V> what is fetched
 */
public final class SingleFlight<K, V> {

  /**
   * Fetches.
   *
   * @param <V> what is fetched
   */
  @FunctionalInterface
  public interface Fetch<V> {
    /** Fetches once. */
    V run() throws FailureException, InterruptedException;
  }

  private final Map<K, Flight<V>> flights = new ConcurrentHashMap<>();

  /**
   * Fetches, or waits for another caller's fetch of the same thing. The fetch should look once more
   * whether the thing is there: another flight may have landed between looking and taking off.
   */
  public V run(K key, Fetch<V> fetch) throws FailureException, InterruptedException {
    while (true) {
      Flight<V> mine = new Flight<>();
      Flight<V> flight = flights.putIfAbsent(key, mine);
      if (flight == null) {
        return lead(key, mine, fetch);
      }
      Optional<V> shared = flight.await();
      if (shared.isPresent()) {
        return shared.get();
      }
      // Its leader was interrupted, which says nothing of the thing itself: take over.
    }
  }

  private V lead(K key, Flight<V> flight, Fetch<V> fetch)
      throws FailureException, InterruptedException {
    try {
      V value = fetch.run();
      flight.land(value);
      return value;
    } catch (FailureException failure) {
      flight.fail(failure);
      throw failure;
    } finally {
      flights.remove(key, flight);
      flight.abandon();
    }
  }
}
