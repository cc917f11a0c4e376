package dev.keygate.bench.lab;

import java.time.Duration;
import java.util.Locale;

/**
 * How often something was done.
 *
 * @param count how often
 * @param wall in how long, by the clock on the wall
 * @param cpu in how much time of processors, which other processes do not lengthen
 */
record Rate(long count, Duration wall, Duration cpu) {

  /** Of a process that other processes may have kept waiting. */
  double perSecond() {
    return count / (wall.toNanos() / 1e9);
  }

  /** Of a processor that is its own. */
  double perCpuSecond() {
    return count / (cpu.toNanos() / 1e9);
  }

  /** Three numbers. */
  static Rate parse(String text) {
    String[] parts = text.trim().split(" ", -1);
    if (parts.length != 3) {
      throw new NumberFormatException("three numbers are expected, not " + text);
    }
    return new Rate(
        Long.parseLong(parts[0]),
        Duration.ofNanos(Long.parseLong(parts[1])),
        Duration.ofNanos(Long.parseLong(parts[2])));
  }

  /** What {@link #parse} reads. */
  String text() {
    return String.format(Locale.ROOT, "%d %d %d", count, wall.toNanos(), cpu.toNanos());
  }
}
