package dev.keygate.contract;

import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.endpoint.KeyVersion;
import dev.keygate.policy.PolicyDigest;
import dev.keygate.policy.ReleasePolicyDocument;
import java.time.Duration;
import java.util.List;

/**
 * What the operator tells a sidecar about a key: which versions there are, what the release policy
 * says, how often to look again.
 *
 * @param keyIdentifier a base identifier, for people: the pod's own settings decide which key is
 *     released
 * @param versions 1 to {@link #MAX_VERSIONS}, exactly one of them current, none twice
 * @param refreshInterval whole seconds, 1 second to 1 day
 * @param fetchWithin in which sidecars that serve an earlier version fetch a new one, each at a
 *     moment of its own, so that a fleet does not come to the vault at once; whole seconds, 0 (at
 *     once) to 1 day
 */
public record Grant(
    KeyIdentifier keyIdentifier,
    List<GrantedVersion> versions,
    ReleasePolicyDocument policy,
    Duration refreshInterval,
    Duration fetchWithin) {

  /** The schema that this release writes, and the only one it reads. */
  public static final int SCHEMA_VERSION = 1;

  /** Versions of one key that may be served at once. */
  public static final int MAX_VERSIONS = 16;

  /** Seconds between two looks, at most. */
  public static final int MAX_REFRESH_INTERVAL_SECONDS = 86_400;

  /** A grant whose new versions are fetched at once. */
  public Grant(
      KeyIdentifier keyIdentifier,
      List<GrantedVersion> versions,
      ReleasePolicyDocument policy,
      Duration refreshInterval) {
    this(keyIdentifier, versions, policy, refreshInterval, Duration.ZERO);
  }

  /**
   * Checks the rules above.
   *
   * @throws IllegalArgumentException if one of the rules above does not hold
   */
  public Grant {
    versions = List.copyOf(versions);
    require(keyIdentifier.version().isEmpty(), "the key identifier has no version");
    require(!versions.isEmpty() && versions.size() <= MAX_VERSIONS, "there are 1 to 16 versions");
    require(
        versions.stream().filter(v -> v.state() == VersionState.Current).count() == 1,
        "exactly one version is Current");
    require(
        versions.stream().map(GrantedVersion::version).distinct().count() == versions.size(),
        "no version occurs twice");
    require(
        refreshInterval.equals(Duration.ofSeconds(refreshInterval.toSeconds()))
            && refreshInterval.toSeconds() >= 1
            && refreshInterval.toSeconds() <= MAX_REFRESH_INTERVAL_SECONDS,
        "the refresh interval is 1 to 86400 whole seconds");
    require(
        fetchWithin.equals(Duration.ofSeconds(fetchWithin.toSeconds()))
            && !fetchWithin.isNegative()
            && fetchWithin.toSeconds() <= MAX_REFRESH_INTERVAL_SECONDS,
        "new versions are fetched within 0 to 86400 whole seconds");
  }

  /** The version to use for new work. */
  public KeyVersion currentVersion() {
    return versions.stream()
        .filter(v -> v.state() == VersionState.Current)
        .findFirst()
        .orElseThrow()
        .version();
  }

  /** The digest of the policy. */
  public PolicyDigest policyDigest() {
    return PolicyDigest.of(policy);
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(rule);
    }
  }
}
