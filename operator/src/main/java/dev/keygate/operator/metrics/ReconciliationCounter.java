package dev.keygate.operator.metrics;

import io.micrometer.core.instrument.MeterRegistry;

/** Counts reconciliations by kind and outcome. Safe for use by several threads. */
public final class ReconciliationCounter {

  private final MeterRegistry registry;
  private final String kind;

  /**
   * @param kind the kind of the objects, such as {@code ExportableKey}
   */
  public ReconciliationCounter(MeterRegistry registry, String kind) {
    this.registry = registry;
    this.kind = kind;
  }

  /**
   * Counts one.
   *
   * @param outcome the name of a condition reason, which is of a closed list
   */
  public void count(String outcome) {
    OperatorMetric.RECONCILIATIONS.counter(registry, kind, outcome).increment();
  }
}
