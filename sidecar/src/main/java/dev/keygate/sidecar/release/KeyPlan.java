package dev.keygate.sidecar.release;

import dev.keygate.contract.Grant;
import dev.keygate.contract.GrantedVersion;
import dev.keygate.contract.VersionState;
import dev.keygate.policy.ReleasePolicyDocument;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What is to be released of one key. Only versions, policy and timing come from the grant; vault
 * and key are always the pin's.
 *
 * @param pin the key
 * @param granted the versions to serve, the current one first; empty for whatever is current
 * @param policy the policy to evaluate before the vault is asked
 * @param fetchWithin in which a new version is fetched where an earlier one is served
 */
public record KeyPlan(
    KeyPin pin,
    List<GrantedVersion> granted,
    Optional<ReleasePolicyDocument> policy,
    Duration fetchWithin) {

  /** Copies the list. */
  public KeyPlan {
    granted = granted.stream().sorted(Comparator.comparing(GrantedVersion::state)).toList();
  }

  /** The plan for a pin without a grant: its current version, no policy known. */
  public static KeyPlan withoutGrant(KeyPin pin) {
    return new KeyPlan(pin, List.of(), Optional.empty(), Duration.ZERO);
  }

  /** The plan for a pin with a grant. */
  public static KeyPlan of(KeyPin pin, Grant grant) {
    return new KeyPlan(pin, grant.versions(), Optional.of(grant.policy()), grant.fetchWithin());
  }

  /** The releases that the plan stands for. */
  public List<KeyTarget> targets() {
    if (granted.isEmpty()) {
      return List.of(new KeyTarget(pin.name(), pin.key(), policy));
    }
    return granted.stream()
        .map(version -> new KeyTarget(pin.name(), pin.key().at(version.version()), policy))
        .toList();
  }

  /** Whether a grant says which version is current. */
  public boolean isGranted() {
    return granted.stream().anyMatch(version -> version.state() == VersionState.Current);
  }
}
