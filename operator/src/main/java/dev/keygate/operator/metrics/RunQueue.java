package dev.keygate.operator.metrics;

import dev.keygate.time.TimeSource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.api.reconciler.RetryInfo;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The runs that are due and wait for a thread; the framework has one at most for each object. Safe
 * for use by several threads.
 */
public final class RunQueue implements Metrics {

  private static final double NANOS_PER_SECOND = 1e9;

  private final TimeSource time;

  /** Since when, by {@link TimeSource#nanoTime}. */
  private final Map<Run, Long> waiting = new ConcurrentHashMap<>();

  private record Run(String kind, ResourceID object) {
    static Run of(HasMetadata object) {
      return new Run(object.getKind(), ResourceID.fromResource(object));
    }
  }

  /** Nothing waits. */
  public RunQueue(TimeSource time) {
    this.time = time;
  }

  /** Shows who waits, for as long as the registry lasts. */
  public void show(MeterRegistry registry, List<String> kinds) {
    for (String kind : kinds) {
      OperatorMetric.QUEUE_LENGTH.gauge(registry, this, queue -> queue.length(kind), kind);
      OperatorMetric.QUEUE_LONGEST_WAIT.gauge(
          registry, this, queue -> queue.longestWaitSeconds(kind), kind);
    }
  }

  private long length(String kind) {
    return waiting.keySet().stream().filter(run -> run.kind().equals(kind)).count();
  }

  private double longestWaitSeconds(String kind) {
    long now = time.nanoTime();
    return waiting.entrySet().stream()
            .filter(run -> run.getKey().kind().equals(kind))
            .mapToLong(run -> now - run.getValue())
            .max()
            .orElse(0)
        / NANOS_PER_SECOND;
  }

  @Override
  public void reconciliationSubmitted(
      HasMetadata object, @Nullable RetryInfo retry, Map<String, Object> ignored) {
    waiting.put(Run.of(object), time.nanoTime());
  }

  @Override
  public void reconciliationStarted(HasMetadata object, Map<String, Object> ignored) {
    waiting.remove(Run.of(object));
  }

  /** Also of a run that never started, because its object is gone. */
  @Override
  public void reconciliationFinished(
      HasMetadata object, @Nullable RetryInfo retry, Map<String, Object> ignored) {
    waiting.remove(Run.of(object));
  }
}
