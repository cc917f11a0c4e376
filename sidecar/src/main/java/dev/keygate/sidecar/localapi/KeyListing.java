package dev.keygate.sidecar.localapi;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.keygate.sidecar.delivery.HeldVersion;
import dev.keygate.sidecar.delivery.MemoryLease;
import dev.keygate.sidecar.release.OutcomeBoard;
import dev.keygate.sidecar.release.ReleaseOutcome;
import dev.keygate.sidecar.unwrap.AnnouncedKey;
import dev.keygate.sidecar.wire.JsonText;
import dev.keygate.sidecar.wire.LocalAnswer;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Writes which keys a caller has and how they stand, without material. */
final class KeyListing {

  private final MemoryLease lease;
  private final OutcomeBoard board;

  KeyListing(MemoryLease lease, OutcomeBoard board) {
    this.lease = lease;
    this.board = board;
  }

  LocalAnswer of(Caller caller) {
    return JsonAnswer.ok(
        JsonText.object(
            json -> {
              json.writeArrayFieldStart("keys");
              for (String name : new TreeSet<>(caller.keys())) {
                writeKey(json, name);
              }
              json.writeEndArray();
            }));
  }

  private void writeKey(JsonGenerator json, String name) throws IOException {
    List<HeldVersion> held = lease.held(name);
    Optional<ReleaseOutcome> outcome = board.latest(name);
    json.writeStartObject();
    json.writeStringField("name", name);
    json.writeStringField("state", state(held, outcome));
    if (outcome.isPresent()) {
      writeFailure(json, outcome.get());
    }
    json.writeArrayFieldStart("versions");
    for (HeldVersion version : held) {
      json.writeStartObject();
      json.writeStringField(
          "version", version.description().identifier().version().orElseThrow().value());
      json.writeStringField("state", version.state().name());
      json.writeStringField("kty", keyType(version.description().announced()));
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static String state(List<HeldVersion> held, Optional<ReleaseOutcome> outcome) {
    if (!held.isEmpty()) {
      return "Served";
    }
    return switch (outcome.orElse(null)) {
      case null -> "Pending";
      case ReleaseOutcome.Released _ -> "Pending";
      case ReleaseOutcome.Refused _ -> "Refused";
      case ReleaseOutcome.Unavailable _ -> "Unavailable";
    };
  }

  private static void writeFailure(JsonGenerator json, ReleaseOutcome outcome) throws IOException {
    switch (outcome) {
      case ReleaseOutcome.Released _ -> {
        // Nothing failed.
      }
      case ReleaseOutcome.Refused refused -> {
        json.writeStringField("code", refused.reason().name());
        json.writeStringField("detail", refused.message());
      }
      case ReleaseOutcome.Unavailable unavailable -> {
        json.writeStringField("code", unavailable.reason().name());
        json.writeStringField("detail", unavailable.message());
      }
    }
  }

  private static String keyType(AnnouncedKey key) {
    return switch (key) {
      case AnnouncedKey.Rsa _ -> "RSA";
      case AnnouncedKey.Ec _ -> "EC";
      case AnnouncedKey.Oct _ -> "oct";
    };
  }
}
