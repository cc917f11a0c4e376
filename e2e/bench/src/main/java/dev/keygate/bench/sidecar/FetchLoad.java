package dev.keygate.bench.sidecar;

import dev.keygate.bench.cluster.Percentiles;
import dev.keygate.scenarios.story.Surprise;
import dev.keygate.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Fetches at a steady rate over connections that stay open, each timed from when it was due: one
 * that had to wait behind a slow one counts as slow, too.
 *
 * @param connections how many; their arrivals interleave
 */
record FetchLoad(TimeSource time, int perSecond, int connections) {

  private static final int OK = 200;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** How long each of {@code rate × during} fetches took. */
  Percentiles run(PodSidecar sidecar, Duration during) throws Surprise, InterruptedException {
    int each = (int) (perSecond * during.toSeconds() / connections);
    long from = time.nanoTime() + NANOS_PER_SECOND / 10;
    try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
      List<Future<long[]>> all = new ArrayList<>();
      for (int number = 0; number < connections; number++) {
        long first = from + number * NANOS_PER_SECOND / perSecond;
        all.add(threads.submit(() -> fetch(sidecar, first, each)));
      }
      long[] took = new long[0];
      for (Future<long[]> part : all) {
        long[] next = part.get();
        int before = took.length;
        took = Arrays.copyOf(took, before + next.length);
        System.arraycopy(next, 0, took, before, next.length);
      }
      return Percentiles.of(took);
    } catch (ExecutionException e) {
      throw new Surprise("a fetch failed", e);
    }
  }

  private long[] fetch(PodSidecar sidecar, long first, int count)
      throws Surprise, IOException, InterruptedException {
    long[] took = new long[count];
    try (FetchClient client = sidecar.client()) {
      for (int number = 0; number < count; number++) {
        long due = first + number * (NANOS_PER_SECOND * connections / perSecond);
        long early = due - time.nanoTime();
        if (early > 0) {
          time.sleep(Duration.ofNanos(early));
        }
        int status = client.fetch().status();
        took[number] = time.nanoTime() - due;
        if (status != OK) {
          throw new Surprise("a fetch was answered " + status);
        }
      }
    }
    return took;
  }
}
