package dev.keygate.sidecar.events;

import dev.keygate.contract.VersionState;
import dev.keygate.sidecar.release.ReleaseOutcome;
import dev.keygate.sidecar.wire.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Something that has become of a key. */
sealed interface KeyEvent {

  /** A version is served, or has another state than before. */
  record Version(String version, VersionState state) implements KeyEvent {}

  /** A version is served no more, and its octets are zeroed. */
  record Retired(String version) implements KeyEvent {}

  /** The key is not released; somebody has to change something. */
  record Denied(String code, String detail) implements KeyEvent {}

  /** The key is not released; time may cure it. */
  record Unavailable(String code, String detail) implements KeyEvent {}

  /** What kept the key from being released does so no more. */
  record Recovered() implements KeyEvent {}

  /** What lies between two looks; new versions come before those that they replace go. */
  static List<KeyEvent> between(KeySnapshot before, KeySnapshot after) {
    List<KeyEvent> events = new ArrayList<>();
    for (Map.Entry<String, VersionState> version : after.versions().entrySet()) {
      if (version.getValue() != before.versions().get(version.getKey())) {
        events.add(new Version(version.getKey(), version.getValue()));
      }
    }
    for (String version : before.versions().keySet()) {
      if (!after.versions().containsKey(version)) {
        events.add(new Retired(version));
      }
    }
    if (!after.failure().equals(before.failure())) {
      events.add(after.failure().map(KeyEvent::of).orElseGet(Recovered::new));
    }
    return events;
  }

  private static KeyEvent of(ReleaseOutcome outcome) {
    return switch (outcome) {
      case ReleaseOutcome.Released _ -> new Recovered();
      case ReleaseOutcome.Refused refused -> new Denied(refused.reason().name(), refused.message());
      case ReleaseOutcome.Unavailable unavailable ->
          new Unavailable(unavailable.reason().name(), unavailable.message());
    };
  }

  /** The event's text (HTML standard §9.2.6); JSON has no line ends outside of strings. */
  default String text(String name) {
    return switch (this) {
      case Version(String version, VersionState state) ->
          text("version", name, Map.of("version", version, "state", state.name()));
      case Retired(String version) -> text("retired", name, Map.of("version", version));
      case Denied(String code, String detail) ->
          text("denied", name, Map.of("code", code, "detail", detail));
      case Unavailable(String code, String detail) ->
          text("unavailable", name, Map.of("code", code, "detail", detail));
      case Recovered() -> text("recovered", name, Map.of());
    };
  }

  private static String text(String event, String name, Map<String, String> members) {
    String data =
        JsonText.object(
            json -> {
              json.writeStringField("name", name);
              for (String member : List.of("version", "state", "code", "detail")) {
                if (members.containsKey(member)) {
                  json.writeStringField(member, members.get(member));
                }
              }
            });
    return "event: " + event + "\ndata: " + data + "\n\n";
  }
}
