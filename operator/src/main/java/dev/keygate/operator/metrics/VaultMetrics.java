package dev.keygate.operator.metrics;

import dev.keygate.operator.throttle.CallListener;
import dev.keygate.operator.throttle.VaultCall;
import dev.keygate.operator.throttle.VaultOperation;
import dev.keygate.operator.throttle.VaultTurns;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Locale;

/** Counts and times calls of vaults and the turns before them. Safe for use by several threads. */
public final class VaultMetrics implements CallListener {

  private final MeterRegistry registry;

  /** Measures into the registry. */
  public VaultMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Shows who waits there; for as long as the registry lasts. */
  public void watch(VaultTurns turns) {
    for (VaultCall call : VaultCall.values()) {
      String label = label(call);
      OperatorMetric.VAULT_QUEUE_LENGTH.gauge(registry, turns, all -> all.waiting(call), label);
      OperatorMetric.VAULT_QUEUE_LONGEST_WAIT.gauge(
          registry, turns, all -> all.longestWait(call).toMillis() / 1e3, label);
    }
  }

  @Override
  public void turnTaken(VaultCall call, Duration waited) {
    OperatorMetric.VAULT_TURN_WAIT.timer(registry, label(call)).record(waited);
  }

  @Override
  public void called(VaultOperation operation, String result, Duration took) {
    OperatorMetric.VAULT_CALLS.counter(registry, operation.label(), result).increment();
    OperatorMetric.VAULT_CALL.timer(registry, operation.label()).record(took);
  }

  private static String label(VaultCall call) {
    return call.name().toLowerCase(Locale.ROOT);
  }
}
