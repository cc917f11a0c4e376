package dev.keygate.operator.exportablekey;

import dev.keygate.api.v1alpha1.KeyVersionState;
import dev.keygate.api.v1alpha1.KeyVersionStatus;
import dev.keygate.azure.keyvault.KeyLifetime;
import dev.keygate.azure.keyvault.KeyProperties;
import dev.keygate.azure.keyvault.VaultKey;
import dev.keygate.azure.keyvault.VaultKeyVersion;
import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.endpoint.KeyVersion;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Versions in one line, with times in hours since midnight; {@code -} is no time.
 *
 * <pre>
 *   of a status   b:Current:10:- a:Overlap:0:10      version, state, created, superseded
 *   of a vault    a:0 b:10:off                       version, created, disabled
 * </pre>
 */
final class VersionNotation {

  private static final Instant MIDNIGHT = Instant.parse("2026-01-01T00:00:00Z");

  private VersionNotation() {}

  static Instant hour(long hours) {
    return MIDNIGHT.plus(Duration.ofHours(hours));
  }

  static String id(String letter) {
    return letter.repeat(32);
  }

  static List<KeyVersionStatus> statuses(String line) {
    return words(line)
        .map(
            word ->
                new KeyVersionStatus(
                    id(word[0]), KeyVersionState.valueOf(word[1]), utc(word[2]), utc(word[3])))
        .toList();
  }

  static String line(List<KeyVersionStatus> statuses) {
    return statuses.stream()
        .map(
            v ->
                String.join(
                    ":",
                    v.version().substring(0, 1),
                    v.state().name(),
                    hours(v.createdAt()),
                    hours(v.supersededAt())))
        .collect(Collectors.joining(" "));
  }

  static List<VaultKeyVersion> listed(String line) {
    return words(line)
        .map(
            word ->
                new VaultKeyVersion(
                    identifier(word[0]), word.length < 3, time(word[1]).orElse(Instant.EPOCH)))
        .toList();
  }

  /** The version of this letter as the vault's current one. */
  static VaultKey current(String letter, String vault) {
    String[] word = words(vault).filter(one -> one[0].equals(letter)).findFirst().orElseThrow();
    Instant created = time(word[1]).orElse(Instant.EPOCH);
    VaultKey like = VaultKeys.inSync().key();
    KeyLifetime lifetime = new KeyLifetime(word.length < 3, Optional.empty(), Optional.empty());
    return new VaultKey(
        identifier(letter),
        like.shape(),
        new KeyProperties(List.of(), lifetime, Map.of()),
        new VaultKey.Recorded(true, like.recorded().releasePolicy(), created, created));
  }

  private static Stream<String[]> words(String line) {
    return Stream.of(line.split(" ", -1))
        .filter(word -> !word.isEmpty())
        .map(word -> word.split(":", -1));
  }

  private static KeyIdentifier identifier(String letter) {
    return VaultKeys.BASE.at(new KeyVersion(id(letter)));
  }

  private static Optional<Instant> time(String hours) {
    return hours.equals("-") ? Optional.empty() : Optional.of(hour(Long.parseLong(hours)));
  }

  private static @Nullable ZonedDateTime utc(String hours) {
    return time(hours).map(time -> time.atZone(ZoneOffset.UTC)).orElse(null);
  }

  private static String hours(@Nullable ZonedDateTime time) {
    return time == null
        ? "-"
        : Long.toString(Duration.between(MIDNIGHT, time.toInstant()).toHours());
  }
}
