package dev.keygate.bench.sidecar;

import java.util.Locale;

/**
 * A measurement beside the most that it may be.
 *
 * @param what is measured, in one line
 * @param measured in the unit
 * @param bound in the unit; infinite for a figure that nothing is asked of
 * @param unit such as {@code ms}; empty for a ratio
 */
record Figure(String what, double measured, double bound, String unit) {

  /** A figure that nothing is asked of. */
  static Figure unbounded(String what, double measured, String unit) {
    return new Figure(what, measured, Double.POSITIVE_INFINITY, unit);
  }

  /** What cannot be compared does not hold. */
  boolean isHeld() {
    return measured <= bound;
  }

  /** One line for a person. */
  String line() {
    String figure = String.format(Locale.ROOT, "  %-60s %9.2f %s", what, measured, unit);
    if (Double.isInfinite(bound)) {
      return figure.stripTrailing();
    }
    String verdict = isHeld() ? "held" : "NOT held";
    return String.format(Locale.ROOT, "%-76s of %.2f: %s", figure, bound, verdict);
  }
}
