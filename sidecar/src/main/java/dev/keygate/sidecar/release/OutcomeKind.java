package dev.keygate.sidecar.release;

/**
 * An outcome without whom it concerns, for counting.
 *
 * @param outcome {@code released}, {@code refused} or {@code unavailable}
 * @param reason the reason's name; empty for a release
 */
public record OutcomeKind(String outcome, String reason) {

  /** The kind of an outcome. */
  public static OutcomeKind of(ReleaseOutcome outcome) {
    return switch (outcome) {
      case ReleaseOutcome.Released _ -> new OutcomeKind("released", "");
      case ReleaseOutcome.Refused refused -> new OutcomeKind("refused", refused.reason().name());
      case ReleaseOutcome.Unavailable unavailable ->
          new OutcomeKind("unavailable", unavailable.reason().name());
    };
  }
}
