package dev.keygate.operator.exportablekey;

import dev.keygate.api.v1alpha1.KeyVersionState;
import dev.keygate.api.v1alpha1.KeyVersionStatus;
import dev.keygate.contract.GrantedVersion;
import dev.keygate.contract.VersionState;
import dev.keygate.endpoint.KeyVersion;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The versions of a settled key.
 *
 * @param all the current one first, then by when they were superseded, the latest first
 * @param nextChange when time alone changes a state: the end of the earliest overlap
 * @param cutShort those that were served and give way before their overlap ends, because a grant
 *     has no room
 */
record KeyVersions(
    List<KeyVersionStatus> all, Optional<Instant> nextChange, List<String> cutShort) {

  KeyVersions {
    all = List.copyOf(all);
    cutShort = List.copyOf(cutShort);
  }

  /** Those that sidecars may release, the current one first. */
  List<GrantedVersion> granted() {
    return all.stream().flatMap(version -> granted(version).stream()).toList();
  }

  private static Optional<GrantedVersion> granted(KeyVersionStatus version) {
    return state(version.state())
        .map(state -> new GrantedVersion(new KeyVersion(version.version()), state));
  }

  private static Optional<VersionState> state(KeyVersionState state) {
    return switch (state) {
      case Current -> Optional.of(VersionState.Current);
      case Overlap -> Optional.of(VersionState.Overlap);
      case Retired -> Optional.empty();
    };
  }
}
