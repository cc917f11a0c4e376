package dev.keygate.emulator.keyvault.key;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A key name with everything below it. Exportability and policy belong to the name, not to a
 * version.
 *
 * @param name letters, digits and hyphens
 * @param exportable fixed when the name is first used
 * @param policy present exactly where exportable
 * @param versions oldest first, never empty
 * @param deletedAt seconds since the epoch, where it is soft-deleted
 * @param rotation when it is to rotate, where somebody said
 */
public record VaultKey(
    String name,
    boolean exportable,
    Optional<StoredPolicy> policy,
    List<KeyVersion> versions,
    Optional<Long> deletedAt,
    Optional<RotationPolicy> rotation) {

  /** How long a deleted key can be recovered. */
  static final Duration RECOVERABLE = Duration.ofDays(90);

  public VaultKey {
    versions = List.copyOf(versions);
    if (versions.isEmpty() || exportable != policy.isPresent()) {
      throw new IllegalArgumentException("a key has a version, and a policy if it is exportable");
    }
  }

  /** A key that is not deleted and does not rotate. */
  public static VaultKey of(
      String name, boolean exportable, Optional<StoredPolicy> policy, KeyVersion version) {
    return new VaultKey(
        name, exportable, policy, List.of(version), Optional.empty(), Optional.empty());
  }

  /** When it is purged, in seconds since the epoch; empty where it is not deleted. */
  public Optional<Long> purgedAt() {
    return deletedAt.map(at -> at + RECOVERABLE.toSeconds());
  }

  /** The newest version. */
  public KeyVersion current() {
    return versions.getLast();
  }

  /** A version by its id; an empty id stands for the newest. */
  public Optional<KeyVersion> version(String id) {
    return id.isEmpty()
        ? Optional.of(current())
        : versions.stream().filter(version -> version.id().equals(id)).findFirst();
  }

  /** With one more version and maybe another policy. */
  public VaultKey plus(KeyVersion version, Optional<StoredPolicy> newPolicy) {
    List<KeyVersion> more = new ArrayList<>(versions);
    more.add(version);
    return new VaultKey(name, exportable, newPolicy, more, deletedAt, rotation);
  }

  /** With a version in place of the one of the same id. */
  public VaultKey with(KeyVersion changed) {
    List<KeyVersion> changedVersions =
        versions.stream().map(one -> one.id().equals(changed.id()) ? changed : one).toList();
    return new VaultKey(name, exportable, policy, changedVersions, deletedAt, rotation);
  }

  /** With another policy. */
  public VaultKey with(StoredPolicy changed) {
    return new VaultKey(name, exportable, Optional.of(changed), versions, deletedAt, rotation);
  }

  /** Deleted or recovered. */
  public VaultKey deleted(Optional<Long> at) {
    return new VaultKey(name, exportable, policy, versions, at, rotation);
  }

  /** With another rotation policy. */
  public VaultKey with(RotationPolicy changed) {
    return new VaultKey(name, exportable, policy, versions, deletedAt, Optional.of(changed));
  }
}
