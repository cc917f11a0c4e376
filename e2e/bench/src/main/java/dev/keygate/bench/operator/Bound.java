package dev.keygate.bench.operator;

import java.util.Locale;

/**
 * A figure beside the most that it may be.
 *
 * @param what was measured
 * @param figure in the unit
 * @param most it may be, in the unit
 * @param unit after a space; empty where there is none
 */
record Bound(String what, double figure, double most, String unit) {

  boolean isHeld() {
    return figure <= most;
  }

  /** One line. What is no number is never within a bound. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%-58s %s, bound %s: %s",
        what,
        text(figure),
        text(most),
        isHeld() ? "held" : "NOT HELD");
  }

  private String text(double value) {
    String number = String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.1f", value);
    return unit.isEmpty() ? number : number + " " + unit;
  }
}
