package dev.keygate.operator.event;

import dev.keygate.contract.FieldManagers;
import dev.keygate.time.TimeSource;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes Events into the namespace of the object they are about. An Event that cannot be written is
 * logged and lost: nothing depends on it. Safe for use by several threads.
 */
public final class EventRecorder {

  /** What the API server takes as an Event's message. */
  private static final int MAX_MESSAGE_LENGTH = 1024;

  private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);

  private final KubernetesClient client;
  private final TimeSource time;

  /**
   * @param client may create Events
   * @param time dates them
   */
  public EventRecorder(KubernetesClient client, TimeSource time) {
    this.client = client;
    this.time = time;
  }

  /** Records one change of an object. */
  public void record(HasMetadata about, Transition transition) {
    try {
      client.v1().events().resource(event(about, transition)).create();
    } catch (KubernetesClientException e) {
      LOG.atDebug()
          .addKeyValue("object", about.getMetadata().getName())
          .setCause(e)
          .log("An Event could not be written");
    }
  }

  private Event event(HasMetadata about, Transition transition) {
    String now = time.now().truncatedTo(ChronoUnit.SECONDS).toString();
    return new EventBuilder()
        .withNewMetadata()
        .withGenerateName(about.getMetadata().getName() + ".")
        .withNamespace(about.getMetadata().getNamespace())
        .endMetadata()
        .withNewInvolvedObject()
        .withApiVersion(about.getApiVersion())
        .withKind(about.getKind())
        .withName(about.getMetadata().getName())
        .withNamespace(about.getMetadata().getNamespace())
        .withUid(about.getMetadata().getUid())
        .withResourceVersion(about.getMetadata().getResourceVersion())
        .endInvolvedObject()
        .withType(transition.severity().name())
        .withReason(transition.reason())
        .withMessage(cut(transition.message()))
        .withFirstTimestamp(now)
        .withLastTimestamp(now)
        .withCount(1)
        .withNewSource()
        .withComponent(FieldManagers.OPERATOR)
        .endSource()
        .withReportingComponent(FieldManagers.OPERATOR)
        .build();
  }

  private static String cut(String message) {
    return message.length() <= MAX_MESSAGE_LENGTH
        ? message
        : message.substring(0, MAX_MESSAGE_LENGTH - 1) + "…";
  }
}
