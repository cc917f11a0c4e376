package dev.keygate.sidecar.health;

import dev.keygate.sidecar.delivery.KeySink;
import dev.keygate.sidecar.release.OutcomeBoard;
import dev.keygate.sidecar.release.OutcomeKind;
import java.util.List;

/**
 * What health and metrics are made of.
 *
 * @param names the keys that must be served
 * @param sink where they are served from
 * @param board what came of releasing them
 */
public record KeyStates(List<String> names, KeySink sink, OutcomeBoard board) {

  /** Copies the list. */
  public KeyStates {
    names = List.copyOf(names);
  }

  /** How many of the keys are served. */
  int served() {
    return (int) names.stream().filter(sink::serves).count();
  }

  /** Why keys, or new versions of them, are not released; each reason once. */
  List<String> reasons() {
    return names.stream()
        .flatMap(name -> board.latest(name).stream())
        .map(outcome -> OutcomeKind.of(outcome).reason())
        .filter(reason -> !reason.isEmpty())
        .distinct()
        .sorted()
        .toList();
  }

  /** Whether every key is served. */
  public boolean isComplete() {
    return served() == names.size();
  }
}
