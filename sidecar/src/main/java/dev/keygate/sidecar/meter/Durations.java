package dev.keygate.sidecar.meter;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** A histogram of durations, cumulative as Prometheus has it. Safe for use by several threads. */
public final class Durations {

  private static final List<Duration> BOUNDS =
      List.of(
          Duration.ofMillis(5),
          Duration.ofMillis(25),
          Duration.ofMillis(100),
          Duration.ofMillis(250),
          Duration.ofMillis(500),
          Duration.ofSeconds(1),
          Duration.ofMillis(2500),
          Duration.ofSeconds(10));
  private static final double NANOS_PER_SECOND = 1e9;

  private final long[] counts = new long[BOUNDS.size() + 1];
  private long sumNanos;

  synchronized void add(Duration duration) {
    int bucket = 0;
    while (bucket < BOUNDS.size() && duration.compareTo(BOUNDS.get(bucket)) > 0) {
      bucket++;
    }
    counts[bucket]++;
    sumNanos += duration.toNanos();
  }

  /**
   * Writes it.
   *
   * @param labels of the series, in the format of Prometheus, without braces
   */
  public synchronized void write(StringBuilder text, String metric, String labels) {
    long cumulative = 0;
    for (int i = 0; i < counts.length; i++) {
      cumulative += counts[i];
      String bound = i < BOUNDS.size() ? seconds(BOUNDS.get(i).toNanos()) : "+Inf";
      line(text, metric + "_bucket{" + labels + ",le=\"" + bound + "\"}", "" + cumulative);
    }
    line(text, metric + "_sum{" + labels + "}", seconds(sumNanos));
    line(text, metric + "_count{" + labels + "}", "" + cumulative);
  }

  private static void line(StringBuilder text, String series, String value) {
    text.append(series).append(' ').append(value).append('\n');
  }

  private static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.3f", nanos / NANOS_PER_SECOND);
  }
}
