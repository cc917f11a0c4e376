package dev.keygate.operator.metrics;

import dev.keygate.operator.throttle.CallListener;
import dev.keygate.operator.throttle.VaultCall;
import dev.keygate.operator.throttle.VaultOperation;
import dev.keygate.operator.throttle.VaultTurns;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.Locale;

/**
 * Counts calls of vaults as {@code keygate_vault_calls_total} by operation and result, with {@code
 * keygate_vault_call_seconds}; measures turns as {@code keygate_vault_turn_wait_seconds} and shows
 * who waits as {@code keygate_vault_queue_length} and {@code
 * keygate_vault_queue_longest_wait_seconds}, over all vaults. Safe for use by several threads.
 */
public final class VaultMetrics implements CallListener {

  private static final String CALL = "call";

  private final MeterRegistry registry;

  /** Measures into the registry. */
  public VaultMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Shows who waits there; for as long as the registry lasts. */
  public void watch(VaultTurns turns) {
    for (VaultCall call : VaultCall.values()) {
      Tags tags = Tags.of(CALL, label(call));
      Gauge.builder("keygate.vault.queue.length", turns, all -> all.waiting(call))
          .tags(tags)
          .strongReference(true)
          .register(registry);
      Gauge.builder(
              "keygate.vault.queue.longest.wait.seconds",
              turns,
              all -> all.longestWait(call).toMillis() / 1e3)
          .tags(tags)
          .strongReference(true)
          .register(registry);
    }
  }

  @Override
  public void turnTaken(VaultCall call, Duration waited) {
    registry.timer("keygate.vault.turn.wait", CALL, label(call)).record(waited);
  }

  @Override
  public void called(VaultOperation operation, String result, Duration took) {
    registry
        .counter("keygate.vault.calls", "operation", operation.label(), "result", result)
        .increment();
    registry.timer("keygate.vault.call", "operation", operation.label()).record(took);
  }

  private static String label(VaultCall call) {
    return call.name().toLowerCase(Locale.ROOT);
  }
}
