package dev.keygate.sidecar.localapi;

import dev.keygate.time.TimeSource;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * How often a container may call, so that one of them cannot keep the others waiting. Attesting is
 * dear: it takes the TPM that the whole node shares, and an authority's patience.
 */
final class CallRates {

  private static final int CALLS_PER_SECOND = 5_000;
  private static final int ATTESTATIONS_AT_ONCE = 5;
  private static final double ATTESTATIONS_PER_SECOND = 0.2;
  private static final int STREAMS = 8;

  private final TimeSource time;
  private final Map<String, Rates> byContainer = new ConcurrentHashMap<>();

  private record Rates(TokenBucket calls, TokenBucket attestations, Semaphore streams) {}

  CallRates(TimeSource time) {
    this.time = time;
  }

  void requireCall(Caller caller) throws ApiRefusal {
    require(rates(caller).calls());
  }

  void requireAttestation(Caller caller) throws ApiRefusal {
    require(rates(caller).attestations());
  }

  /** Takes one of the container's streams; the result gives it back. */
  Runnable takeStream(Caller caller) throws ApiRefusal {
    Semaphore streams = rates(caller).streams();
    if (!streams.tryAcquire()) {
      throw new ApiRefusal(Problems.tooMany(Duration.ofSeconds(1)));
    }
    return streams::release;
  }

  private void require(TokenBucket bucket) throws ApiRefusal {
    Optional<Duration> pause = bucket.take(time.nanoTime());
    if (pause.isPresent()) {
      throw new ApiRefusal(Problems.tooMany(pause.get()));
    }
  }

  private Rates rates(Caller caller) {
    return byContainer.computeIfAbsent(caller.container(), _ -> fresh(time.nanoTime()));
  }

  private static Rates fresh(long now) {
    return new Rates(
        new TokenBucket(CALLS_PER_SECOND, CALLS_PER_SECOND, now),
        new TokenBucket(ATTESTATIONS_AT_ONCE, ATTESTATIONS_PER_SECOND, now),
        new Semaphore(STREAMS));
  }
}
