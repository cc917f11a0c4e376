package dev.keygate.scenarios.pods;

import dev.keygate.scenarios.story.Surprise;
import dev.keygate.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/**
 * From the request for a pod to the app's first line, by the clock of this machine and the times
 * that the container runtime puts before each line of a log.
 *
 * @param toSidecar scheduling, volumes, sandbox, and the sidecar's JVM until its first line
 * @param toKey attestation and release
 * @param toApp the startup probe's pause, the app's container and its first use of the key
 */
public record PodTimeline(Duration toSidecar, Duration toKey, Duration toApp) {

  private static final String RELEASED = "Key released";

  /** From the first to the last. */
  public Duration total() {
    return toSidecar.plus(toKey).plus(toApp);
  }

  /** Starts a pod whose container {@code app} uses its key first, and waits until it has. */
  public static PodTimeline measure(Shop shop, PodManifest pod, TimeSource time)
      throws Surprise, InterruptedException {
    Instant asked = time.now();
    shop.start(pod);
    shop.await("pod/" + pod.name(), "condition=Ready");
    String sidecar = shop.timedLog(pod.name(), "keygate-sidecar");
    Instant first = timeOf(sidecar, "");
    Instant released = timeOf(sidecar, RELEASED);
    Instant used = timeOf(shop.timedLog(pod.name(), "app"), "");
    return new PodTimeline(
        Duration.between(asked, first),
        Duration.between(first, released),
        Duration.between(released, used));
  }

  private static Instant timeOf(String log, String text) throws Surprise {
    String line =
        log.lines()
            .filter(candidate -> candidate.contains(text))
            .findFirst()
            .orElseThrow(() -> new Surprise("expected a line with '" + text + "' in: " + log));
    try {
      return Instant.parse(line.substring(0, line.indexOf(' ')));
    } catch (DateTimeParseException | IndexOutOfBoundsException e) {
      throw new Surprise("expected a time before: " + line, e);
    }
  }
}
