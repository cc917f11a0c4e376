package dev.keygate.operator.exportablekey;

import dev.keygate.api.v1alpha1.KeyVersionState;
import dev.keygate.api.v1alpha1.KeyVersionStatus;
import dev.keygate.azure.keyvault.VaultKey;
import dev.keygate.azure.keyvault.VaultKeyVersion;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A version and its two moments.
 *
 * @param id as the vault names it
 * @param created empty if the vault does not say
 * @param superseded empty for the current version, and for one whose overlap is over by an earlier
 *     release's account
 */
record KnownVersion(String id, Optional<Instant> created, Optional<Instant> superseded) {

  /** The latest superseded first; the rest only makes the order one and the same every time. */
  static final Comparator<KnownVersion> NEWEST_FIRST =
      Comparator.comparing((KnownVersion v) -> v.superseded().orElse(Instant.MIN))
          .thenComparing(v -> v.created().orElse(Instant.MIN))
          .reversed()
          .thenComparing(KnownVersion::id);

  static KnownVersion of(VaultKey key) {
    return new KnownVersion(
        key.id().version().orElseThrow().value(),
        known(key.recorded().created()),
        Optional.empty());
  }

  static KnownVersion of(VaultKeyVersion line) {
    return new KnownVersion(
        line.id().version().orElseThrow().value(), known(line.created()), Optional.empty());
  }

  static KnownVersion of(KeyVersionStatus status) {
    return new KnownVersion(
        status.version(), instant(status.createdAt()), instant(status.supersededAt()));
  }

  KnownVersion supersededAt(Instant time) {
    return new KnownVersion(id, created, Optional.of(time));
  }

  KeyVersionStatus in(KeyVersionState state) {
    return new KeyVersionStatus(id, state, utc(created), utc(superseded));
  }

  /** The client reads a time that the vault left out as the epoch. */
  private static Optional<Instant> known(Instant time) {
    return Optional.of(time).filter(Instant.EPOCH::isBefore);
  }

  private static Optional<Instant> instant(@Nullable ZonedDateTime time) {
    return Optional.ofNullable(time).map(ZonedDateTime::toInstant);
  }

  private static @Nullable ZonedDateTime utc(Optional<Instant> time) {
    return time.map(instant -> instant.atZone(ZoneOffset.UTC)).orElse(null);
  }
}
