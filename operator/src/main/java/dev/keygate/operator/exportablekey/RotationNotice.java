package dev.keygate.operator.exportablekey;

import dev.keygate.api.v1alpha1.KeyVersionState;
import dev.keygate.api.v1alpha1.KeyVersionStatus;
import dev.keygate.condition.ConditionReason;
import dev.keygate.contract.Grant;
import dev.keygate.operator.event.Transition;
import dev.keygate.operator.event.Transition.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is told of a rotation. Pure. */
final class RotationNotice {

  private RotationNotice() {}

  /**
   * What to tell; empty if no other version has become current and none gave way.
   *
   * @param earlier the current version of the status before; null if there was none
   */
  static Optional<Transition> of(@Nullable String earlier, KeyVersions versions, Duration overlap) {
    KeyVersionStatus current = versions.all().getFirst();
    boolean isRotated = earlier != null && !earlier.equals(current.version());
    if (!isRotated && versions.cutShort().isEmpty()) {
      return Optional.empty();
    }
    String rotated =
        isRotated
            ? "The version "
                + current.version()
                + " is current; the earlier one, "
                + earlier
                + ", "
                + fate(String.valueOf(earlier), versions, overlap)
                + "."
            : "";
    return Optional.of(
        new Transition(
            versions.cutShort().isEmpty() ? Severity.Normal : Severity.Warning,
            ConditionReason.Rotated.name(),
            (rotated + cutShort(versions.cutShort())).strip()));
  }

  private static String fate(String earlier, KeyVersions versions, Duration overlap) {
    return versions.all().stream()
        .filter(version -> version.version().equals(earlier))
        .filter(version -> version.state() == KeyVersionState.Overlap)
        .flatMap(version -> Optional.ofNullable(version.supersededAt()).stream())
        .findFirst()
        .map(since -> "is served until " + since.toInstant().plus(overlap))
        .orElse("is not served: it is disabled or gone in the vault, or gave way");
  }

  private static String cutShort(List<String> versions) {
    return versions.isEmpty()
        ? ""
        : " Before their overlap ended these gave way, because a grant has at most "
            + Grant.MAX_VERSIONS
            + " versions: "
            + String.join(", ", versions)
            + ".";
  }
}
