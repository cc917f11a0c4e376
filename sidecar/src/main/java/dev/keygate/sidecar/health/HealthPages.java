package dev.keygate.sidecar.health;

import dev.keygate.sidecar.meter.CallMeter;
import dev.keygate.sidecar.meter.UpstreamMeter;
import dev.keygate.sidecar.release.OutcomeKind;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes what is told about this process. Labels are outcomes and reasons, never names. */
final class HealthPages {

  private final KeyStates keys;
  private final LabMode lab;
  private final Meters meters;

  HealthPages(KeyStates keys, LabMode lab, Meters meters) {
    this.keys = keys;
    this.lab = lab;
    this.meters = meters;
  }

  /** Whether the process answers 200 to a readiness or startup probe. */
  boolean isReady() {
    return keys.isComplete();
  }

  /** For startup and readiness: all required keys are served, or how many are missing, and why. */
  String readiness() {
    return "{\"status\":\""
        + (isReady() ? "UP" : "DOWN")
        + "\",\"keys\":{\"required\":"
        + keys.names().size()
        + ",\"served\":"
        + keys.served()
        + "},\"reasons\":["
        + keys.reasons().stream().map(r -> '"' + r + '"').collect(Collectors.joining(","))
        + "],\"lab\":"
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
    counter(text, "keygate_releases_total", "Releases that came to an end, by what came of them.");
    lines(text, keys.board().counts(), HealthPages::labels);
    counter(text, "keygate_upstream_calls_total", "Calls of services, by how they ended.");
    lines(text, meters.upstreams().endings(), HealthPages::labels);
    help(text, "keygate_upstream_seconds", "histogram", "How long calls of services took.");
    meters
        .upstreams()
        .durations()
        .forEach(
            (upstream, durations) ->
                durations.write(text, "keygate_upstream_seconds", "upstream=\"" + upstream + "\""));
    counter(text, "keygate_api_calls_total", "Calls of the local API, by route and status.");
    lines(text, meters.calls().answers(), HealthPages::labels);
    return text.toString();
  }

  private static String labels(OutcomeKind kind) {
    return "keygate_releases_total{outcome=\""
        + kind.outcome()
        + "\",reason=\""
        + kind.reason()
        + "\"}";
  }

  private static String labels(UpstreamMeter.Ending ending) {
    return "keygate_upstream_calls_total{upstream=\""
        + ending.upstream()
        + "\",outcome=\""
        + ending.outcome()
        + "\"}";
  }

  private static String labels(CallMeter.Answered answered) {
    return "keygate_api_calls_total{route=\""
        + answered.route()
        + "\",status=\""
        + answered.status()
        + "\"}";
  }

  private static <K> void lines(
      StringBuilder text, Map<K, Long> counts, Function<K, String> labels) {
    Map<String, Long> lines = new TreeMap<>();
    counts.forEach((key, count) -> lines.put(labels.apply(key), count));
    lines.forEach((series, count) -> text.append(series).append(' ').append(count).append('\n'));
  }

  private static void counter(StringBuilder text, String name, String help) {
    help(text, name, "counter", help);
  }

  private static void help(StringBuilder text, String name, String type, String help) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private static void gauge(StringBuilder text, String name, String help, int value) {
    help(text, name, "gauge", help);
    text.append(name).append(' ').append(value).append('\n');
  }
}
