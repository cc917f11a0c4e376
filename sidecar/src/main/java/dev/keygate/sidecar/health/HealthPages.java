package dev.keygate.sidecar.health;

import dev.keygate.sidecar.release.OutcomeKind;
import java.util.Map;
import java.util.TreeMap;

/** Writes what is told about this process. Labels are outcomes and reasons, never names. */
final class HealthPages {

  private final KeyStates keys;
  private final LabMode lab;

  HealthPages(KeyStates keys, LabMode lab) {
    this.keys = keys;
    this.lab = lab;
  }

  /** Whether the process answers 200 to a readiness or startup probe. */
  boolean isReady() {
    return keys.isComplete();
  }

  /** For startup and readiness: all required keys are served, or how many are missing. */
  String readiness() {
    return "{\"status\":\""
        + (isReady() ? "UP" : "DOWN")
        + "\",\"keys\":{\"required\":"
        + keys.names().size()
        + ",\"served\":"
        + keys.served()
        + "},\"lab\":"
        + (lab == LabMode.ON)
        + "}";
  }

  /** For liveness: that this is answered at all. */
  String liveness() {
    return "{\"status\":\"UP\",\"lab\":" + (lab == LabMode.ON) + "}";
  }

  /** The text format of Prometheus. */
  String metrics() {
    StringBuilder text = new StringBuilder();
    gauge(text, "keygate_keys_required", "Keys that must be served.", keys.names().size());
    gauge(text, "keygate_keys_served", "Keys that are served.", keys.served());
    gauge(
        text, "keygate_lab_mode", "1 if evidence of a lab is believed.", lab == LabMode.ON ? 1 : 0);
    text.append(
        "# HELP keygate_releases_total Releases that came to an end, by what came of them.\n");
    text.append("# TYPE keygate_releases_total counter\n");
    Map<String, Long> lines = new TreeMap<>();
    keys.board().counts().forEach((kind, count) -> lines.put(labels(kind), count));
    lines.forEach((labels, count) -> text.append(labels).append(' ').append(count).append('\n'));
    return text.toString();
  }

  private static String labels(OutcomeKind kind) {
    return "keygate_releases_total{outcome=\""
        + kind.outcome()
        + "\",reason=\""
        + kind.reason()
        + "\"}";
  }

  private static void gauge(StringBuilder text, String name, String help, int value) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(" gauge\n");
    text.append(name).append(' ').append(value).append('\n');
  }
}
