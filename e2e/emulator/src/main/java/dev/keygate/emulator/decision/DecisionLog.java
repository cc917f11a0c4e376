package dev.keygate.emulator.decision;

import java.util.ArrayDeque;
import java.util.List;

/** The newest decisions, oldest first. Safe for use by several threads. */
public final class DecisionLog {

  private static final int CAPACITY = 10_000;

  private final ArrayDeque<Decision> decisions = new ArrayDeque<>();

  /** Appends a decision; the oldest one goes where there are too many. */
  public synchronized void add(Decision decision) {
    if (decisions.size() == CAPACITY) {
      decisions.removeFirst();
    }
    decisions.addLast(decision);
  }

  /** A copy of all that is kept. */
  public synchronized List<Decision> all() {
    return List.copyOf(decisions);
  }
}
