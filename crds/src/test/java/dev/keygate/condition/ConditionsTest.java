package dev.keygate.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionsTest {

  private static final Instant THEN = Instant.parse("2026-01-01T00:00:00.123Z");
  private static final Instant NOW = Instant.parse("2026-01-02T00:00:00Z");

  private static final Finding READY =
      Finding.isTrue(ConditionType.Ready, ConditionReason.Ready, "The key can be released.");
  private static final Finding NOT_READY =
      Finding.isFalse(ConditionType.Ready, Reason.KeyNotFound, "The vault has no key orders.");

  @Test
  void stampsNewConditions() {
    List<Condition> merged = Conditions.merge(List.of(), List.of(NOT_READY), 7, THEN);

    assertThat(merged)
        .containsExactly(
            new Condition(
                "Ready",
                ConditionStatus.False,
                7,
                "2026-01-01T00:00:00Z",
                "KeyNotFound",
                "The vault has no key orders."));
  }

  @Test
  void keepsTheTimeWhileTheStatusStays() {
    List<Condition> before = Conditions.merge(List.of(), List.of(NOT_READY), 7, THEN);

    List<Condition> merged =
        Conditions.merge(
            before,
            List.of(Finding.isFalse(ConditionType.Ready, Reason.KeyDisabled, "Disabled.")),
            8,
            NOW);

    assertThat(merged)
        .containsExactly(
            new Condition(
                "Ready",
                ConditionStatus.False,
                8,
                "2026-01-01T00:00:00Z",
                "KeyDisabled",
                "Disabled."));
  }

  @Test
  void movesTheTimeWhenTheStatusFlips() {
    List<Condition> before = Conditions.merge(List.of(), List.of(NOT_READY), 7, THEN);

    List<Condition> merged = Conditions.merge(before, List.of(READY), 7, NOW);

    assertThat(merged)
        .extracting(Condition::lastTransitionTime)
        .containsExactly("2026-01-02T00:00:00Z");
  }

  @Test
  void dropsWhatIsNoLongerFound() {
    Finding stalled = Finding.isTrue(ConditionType.Stalled, Reason.KeyExists, "Somebody acts.");
    List<Condition> before = Conditions.merge(List.of(), List.of(NOT_READY, stalled), 1, THEN);

    List<Condition> merged = Conditions.merge(before, List.of(READY), 2, NOW);

    assertThat(Conditions.find(merged, ConditionType.Stalled)).isEmpty();
    assertThat(Conditions.isTrue(before, ConditionType.Stalled)).isTrue();
    assertThat(Conditions.isTrue(merged, ConditionType.Ready)).isTrue();
    assertThat(Conditions.isTrue(before, ConditionType.Ready)).isFalse();
  }

  @Test
  void refusesTwoFindingsOfOneType() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Conditions.merge(List.of(), List.of(READY, NOT_READY), 1, NOW));
  }

  @Test
  void takesReasonAndMessageOfAFailure() {
    RefusedException failure = new RefusedException(Reason.PolicyImmutable, "It is immutable.");

    assertThat(Finding.isFalse(ConditionType.PolicyInSync, failure))
        .isEqualTo(
            Finding.isFalse(
                ConditionType.PolicyInSync, Reason.PolicyImmutable, "It is immutable."));
  }

  @Test
  void cutsMessagesToWhatTheSchemaTakes() {
    Finding finding =
        Finding.isUnknown(ConditionType.Ready, ConditionReason.Waiting, "x".repeat(5000));

    assertThat(finding.message()).hasSize(Finding.MAX_MESSAGE_LENGTH);
  }

  @Test
  void noReasonHasTwoMeanings() {
    assertThat(Arrays.stream(ConditionReason.values()).map(Enum::name))
        .doesNotContainAnyElementsOf(Arrays.stream(Reason.values()).map(Enum::name).toList());
  }
}
