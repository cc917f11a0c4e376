package dev.keygate.bench.cluster;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Durations, sorted. Not a mean: what a user waits for is in the tail.
 *
 * @param nanos in ascending order, at least one
 */
public record Percentiles(List<Long> nanos) {

  /** Of at least one duration in nanoseconds. */
  public static Percentiles of(long[] unsorted) {
    long[] sorted = unsorted.clone();
    Arrays.sort(sorted);
    return new Percentiles(Arrays.stream(sorted).boxed().toList());
  }

  /** Copies the list. */
  public Percentiles {
    nanos = List.copyOf(nanos);
    if (nanos.isEmpty()) {
      throw new IllegalArgumentException("no measurement");
    }
  }

  /** The smallest measurement that this share of all does not exceed. */
  public Duration at(double share) {
    int index = (int) Math.ceil(share * nanos.size()) - 1;
    return Duration.ofNanos(nanos.get(Math.max(0, index)));
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "median %.2f ms, p99 %.2f ms, most %.2f ms of %d",
        millis(at(0.5)),
        millis(at(0.99)),
        millis(at(1.0)),
        nanos.size());
  }

  private static double millis(Duration duration) {
    return duration.toNanos() / 1e6;
  }
}
