package dev.keygate.sidecar.events;

import dev.keygate.contract.VersionState;
import dev.keygate.sidecar.delivery.HeldVersion;
import dev.keygate.sidecar.delivery.MemoryLease;
import dev.keygate.sidecar.release.OutcomeBoard;
import dev.keygate.sidecar.release.ReleaseOutcome;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How a key stands at one moment.
 *
 * @param versions the versions that are served, and their states
 * @param failure the latest outcome, unless it is a release
 */
record KeySnapshot(Map<String, VersionState> versions, Optional<ReleaseOutcome> failure) {

  /** Before anything is known. */
  static final KeySnapshot NOTHING = new KeySnapshot(Map.of(), Optional.empty());

  KeySnapshot {
    versions = Collections.unmodifiableMap(new LinkedHashMap<>(versions));
  }

  static KeySnapshot of(String name, MemoryLease lease, OutcomeBoard board) {
    Map<String, VersionState> versions = new LinkedHashMap<>();
    for (HeldVersion held : lease.held(name)) {
      versions.put(held.description().identifier().version().orElseThrow().value(), held.state());
    }
    return new KeySnapshot(
        versions,
        board.latest(name).filter(outcome -> !(outcome instanceof ReleaseOutcome.Released)));
  }
}
