package dev.keygate.bench.operator;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints what is measured, and counts the bounds that it is held against. */
final class Figures {

  private final PrintWriter out;
  private final List<Bound> bounds = new ArrayList<>();

  Figures(PrintWriter out) {
    this.out = out;
  }

  /** A figure without a bound. */
  void say(String what, String figure) {
    line(String.format(Locale.ROOT, "  %-58s %s", what, figure));
  }

  void say(Bound bound) {
    bounds.add(bound);
    line("  " + bound);
  }

  /** The last line. */
  void verdict() {
    long held = bounds.stream().filter(Bound::isHeld).count();
    line("Bounds held: " + held + " of " + bounds.size());
  }

  void line(String text) {
    out.println(text);
    out.flush();
  }

  static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  static String rate(double perSecond) {
    return String.format(Locale.ROOT, "%.1f keys/s", perSecond);
  }

  static double mebibytes(long bytes) {
    return (double) bytes / (1 << 20);
  }

  static String inMebibytes(long bytes) {
    return String.format(Locale.ROOT, "%.0f MiB", mebibytes(bytes));
  }
}
