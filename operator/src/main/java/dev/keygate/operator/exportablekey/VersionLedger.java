package dev.keygate.operator.exportablekey;

import dev.keygate.api.v1alpha1.KeyVersionState;
import dev.keygate.api.v1alpha1.KeyVersionStatus;
import dev.keygate.azure.keyvault.VaultKey;
import dev.keygate.azure.keyvault.VaultKeyVersion;
import dev.keygate.contract.Grant;
import dev.keygate.endpoint.EndpointFormatException;
import dev.keygate.endpoint.KeyVersion;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides which versions of a key are served. Pure; all that it remembers is the status.
 *
 * <pre>
 *   Current --another is current--> Overlap --time, or disabled in the vault-----> Retired
 *      ^                             |   ^                                            |
 *      \----it is current again------/   \--a longer overlap, or enabled in time------/
 * </pre>
 *
 * @param before what the status says
 * @param overlap how long a superseded version is served
 * @param now read as whole seconds, which is what statuses and vaults have
 */
record VersionLedger(List<KeyVersionStatus> before, Duration overlap, Instant now) {

  /**
   * What is left of an overlap at least when a rotation is noticed late, as after an outage: a
   * kubelet carries the new grant to its pods within two minutes, and a vault that throttles takes
   * longer than that to release the new version to all of them.
   */
  static final Duration SHORTEST_NOTICE = Duration.ofMinutes(10);

  /** Versions that a status keeps. */
  static final int MAX_REMEMBERED = 32;

  VersionLedger {
    before = List.copyOf(before);
    now = now.truncatedTo(ChronoUnit.SECONDS);
  }

  /**
   * Whether the answer depends on the vault's list of versions, which costs a call: once after a
   * rotation, and as long as an overlap may run. A disabled key is served in no version.
   */
  boolean asksForList(VaultKey key) {
    return key.properties().lifetime().enabled()
        && (earlierThan(key).isPresent()
            || remembered(KnownVersion.of(key)).stream().anyMatch(this::isInTime));
  }

  /** The version that the status has as current, unless it is the one that is current. */
  Optional<KnownVersion> earlierThan(VaultKey key) {
    String current = KnownVersion.of(key).id();
    return before.stream()
        .filter(version -> version.state() == KeyVersionState.Current)
        .filter(version -> !version.version().equals(current))
        .map(KnownVersion::of)
        .findFirst();
  }

  /** The same as the vault names it; empty also for a status that somebody else wrote. */
  Optional<KeyVersion> earlierIdThan(VaultKey key) {
    try {
      Optional<KnownVersion> earlier = earlierThan(key);
      return earlier.isEmpty()
          ? Optional.empty()
          : Optional.of(KeyVersion.parse(earlier.get().id()));
    } catch (EndpointFormatException e) {
      return Optional.empty();
    }
  }

  /**
   * The versions as they are from now on.
   *
   * @param key the current one
   * @param listed the vault's list, empty where {@link #asksForList} does not ask for it
   */
  KeyVersions next(VaultKey key, List<VaultKeyVersion> listed) {
    KnownVersion current = KnownVersion.of(key);
    List<KnownVersion> superseded = new ArrayList<>(remembered(current));
    earlierThan(key)
        .ifPresent(previous -> superseded.addAll(supersededBy(current, previous, listed)));
    superseded.sort(KnownVersion.NEWEST_FIRST);
    Set<String> enabled =
        key.properties().lifetime().enabled()
            ? listed.stream()
                .filter(VaultKeyVersion::enabled)
                .map(line -> KnownVersion.of(line).id())
                .collect(Collectors.toSet())
            : Set.of();
    return states(current, superseded, enabled);
  }

  /** All that were superseded at an earlier time and are not current again. */
  private List<KnownVersion> remembered(KnownVersion current) {
    return before.stream()
        .filter(version -> version.state() != KeyVersionState.Current)
        .map(KnownVersion::of)
        .filter(version -> !version.id().equals(current.id()))
        .toList();
  }

  /** The previous version, and those that were current between two looks, each by the next. */
  private List<KnownVersion> supersededBy(
      KnownVersion current, KnownVersion previous, List<VaultKeyVersion> listed) {
    List<KnownVersion> chain = new ArrayList<>();
    chain.add(previous);
    chain.addAll(between(previous, current, listed));
    chain.add(current);
    List<KnownVersion> superseded = new ArrayList<>();
    for (int i = 0; i < chain.size() - 1; i++) {
      superseded.add(chain.get(i).supersededAt(supersededAt(chain.get(i), chain.get(i + 1))));
    }
    return superseded;
  }

  /**
   * Data may have been encrypted with them meanwhile. Versions older than the previous one are not
   * among them: they were never granted, and may be from before the key was taken over. Where the
   * vault no longer has the previous one, the key is another of the same name.
   */
  private List<KnownVersion> between(
      KnownVersion previous, KnownVersion current, List<VaultKeyVersion> listed) {
    List<KnownVersion> versions = listed.stream().map(KnownVersion::of).toList();
    if (versions.stream().noneMatch(version -> version.id().equals(previous.id()))) {
      return List.of();
    }
    Set<String> known = before.stream().map(KeyVersionStatus::version).collect(Collectors.toSet());
    return versions.stream()
        .filter(version -> !known.contains(version.id()) && !version.id().equals(current.id()))
        .filter(version -> isNotBefore(version, previous) && isNotBefore(current, version))
        .sorted(Comparator.comparing(version -> version.created().orElse(Instant.MIN)))
        .toList();
  }

  private static boolean isNotBefore(KnownVersion later, KnownVersion earlier) {
    return later.created().isPresent()
        && earlier.created().isPresent()
        && !later.created().get().isBefore(earlier.created().get());
  }

  /**
   * When the next version was made; now if the vault does not say, if its clock is ahead of ours,
   * or if a version that was superseded before has become current again.
   */
  private Instant supersededAt(KnownVersion version, KnownVersion next) {
    boolean isNew = before.stream().noneMatch(known -> known.version().equals(next.id()));
    Instant made = isNew && isNotBefore(next, version) ? next.created().orElse(now) : now;
    Instant noticed = made.isAfter(now) ? now : made;
    Duration notice = overlap.compareTo(SHORTEST_NOTICE) < 0 ? overlap : SHORTEST_NOTICE;
    Instant earliest = now.minus(overlap).plus(notice);
    return noticed.isBefore(earliest) ? earliest : noticed;
  }

  private Optional<Instant> end(KnownVersion version) {
    return version.superseded().map(since -> since.plus(overlap));
  }

  private boolean isInTime(KnownVersion version) {
    return end(version).filter(now::isBefore).isPresent();
  }

  private KeyVersions states(
      KnownVersion current, List<KnownVersion> superseded, Set<String> enabled) {
    List<KnownVersion> wanted =
        superseded.stream()
            .filter(version -> isInTime(version) && enabled.contains(version.id()))
            .toList();
    List<KnownVersion> served = wanted.subList(0, Math.min(wanted.size(), Grant.MAX_VERSIONS - 1));
    List<KeyVersionStatus> all = new ArrayList<>();
    all.add(current.in(KeyVersionState.Current));
    superseded.stream()
        .limit(MAX_REMEMBERED - 1L)
        .map(v -> v.in(served.contains(v) ? KeyVersionState.Overlap : KeyVersionState.Retired))
        .forEach(all::add);
    return new KeyVersions(
        all,
        served.stream().flatMap(version -> end(version).stream()).min(Comparator.naturalOrder()),
        wanted.stream().skip(served.size()).map(KnownVersion::id).filter(this::wasServed).toList());
  }

  private boolean wasServed(String id) {
    return before.stream()
        .anyMatch(v -> v.version().equals(id) && v.state() != KeyVersionState.Retired);
  }
}
