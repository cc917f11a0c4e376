package dev.keygate.bench.sidecar;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Prints figures as they come, and at the end which of them do not hold. */
final class Report {

  private final PrintWriter out;
  private final List<Figure> missed = new ArrayList<>();
  private int bounded;

  Report(PrintWriter out) {
    this.out = out;
  }

  PrintWriter out() {
    return out;
  }

  /** A line of its own. */
  void say(String line) {
    out.println(line);
    out.flush();
  }

  void add(Figure figure) {
    if (!Double.isInfinite(figure.bound())) {
      bounded++;
      if (!figure.isHeld()) {
        missed.add(figure);
      }
    }
    say(figure.line());
  }

  /** The last line: how many bounds are held, and which are not. */
  void conclude() {
    int held = bounded - missed.size();
    say(held + " of " + bounded + " bounds held" + (missed.isEmpty() ? "" : "; not held:"));
    missed.forEach(figure -> say(figure.line()));
  }
}
