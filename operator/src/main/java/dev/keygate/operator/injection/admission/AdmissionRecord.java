package dev.keygate.operator.injection.admission;

import dev.keygate.operator.injection.InjectionDecision;
import dev.keygate.operator.injection.Quoted;
import dev.keygate.operator.metrics.OperatorMetric;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Tells what was decided: metrics, a line per refusal. Safe for use by several threads. */
public final class AdmissionRecord {

  private static final Logger LOG = LoggerFactory.getLogger(AdmissionRecord.class);
  private static final String NO_REASON = "None";

  private final MeterRegistry metrics;
  private final Timer duration;

  /** Metrics go to this registry. */
  public AdmissionRecord(MeterRegistry metrics) {
    this.metrics = metrics;
    this.duration = OperatorMetric.ADMISSION.timer(metrics);
  }

  Entry begin() {
    return new Entry(Timer.start(metrics));
  }

  /** One review, from its arrival on. */
  final class Entry {

    private final Timer.Sample started;

    private Entry(Timer.Sample started) {
      this.started = started;
    }

    void decided(ReviewRequest request, InjectionDecision decision) {
      switch (decision) {
        case InjectionDecision.NotAsked _ -> count("NotAsked", NO_REASON);
        case InjectionDecision.AlreadyInjected _ -> count("AlreadyInjected", NO_REASON);
        case InjectionDecision.Inject inject -> {
          count("Injected", NO_REASON);
          about(LOG.atDebug(), request)
              .addKeyValue("changes", inject.patch().operations().size())
              .log("Injected a pod");
        }
        case InjectionDecision.Refuse refuse -> {
          count("Refused", refuse.reason().name());
          about(LOG.atInfo(), request)
              .addKeyValue("reason", refuse.reason())
              .log("Refused a pod: {}", refuse.sentence());
        }
      }
    }

    void malformed() {
      count("Malformed", NO_REASON);
    }

    private void count(String outcome, String reason) {
      started.stop(duration);
      OperatorMetric.ADMISSIONS.counter(metrics, outcome, reason).increment();
    }

    /** The names come from somebody whose pod has not been validated yet. */
    private static LoggingEventBuilder about(LoggingEventBuilder line, ReviewRequest request) {
      return line.addKeyValue("namespace", Quoted.of(request.namespace()))
          .addKeyValue("pod", Quoted.of(request.podName()));
    }
  }
}
