package dev.keygate.operator.event;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Logs a run that ended in no outcome: the API server failed it, or we have a defect. The framework
 * tries again either way.
 */
public final class FailedRun {

  private static final Logger LOG = LoggerFactory.getLogger(FailedRun.class);

  private FailedRun() {}

  /** Logs, and leaves the retry to the framework. */
  public static <P extends HasMetadata> ErrorStatusUpdateControl<P> report(P object, Exception e) {
    switch (e) {
      case KubernetesClientException refused ->
          about(LOG.atWarn(), object)
              .addKeyValue("status", refused.getCode())
              .log("The API server failed a run: {}", refused.getMessage());
      default -> about(LOG.atError(), object).setCause(e).log("A run failed by a defect");
    }
    return ErrorStatusUpdateControl.defaultErrorProcessing();
  }

  private static LoggingEventBuilder about(LoggingEventBuilder line, HasMetadata object) {
    return line.addKeyValue("kind", object.getKind())
        .addKeyValue("namespace", object.getMetadata().getNamespace())
        .addKeyValue("name", object.getMetadata().getName());
  }
}
