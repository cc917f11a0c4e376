package dev.keygate.operator.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.condition.Condition;
import dev.keygate.condition.ConditionStatus;
import dev.keygate.operator.event.Transition.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransitionTest {

  private static final Condition READY = condition("Ready", ConditionStatus.True, "Ready", "m");
  private static final Condition NOT_READY =
      condition("Ready", ConditionStatus.False, "KeyExists", "m");
  private static final Condition STALLED =
      condition("Stalled", ConditionStatus.True, "KeyExists", "m");
  private static final Condition RECONCILING =
      condition("Reconciling", ConditionStatus.True, "VaultThrottled", "m");

  @Test
  void firstReadyIsToldAsNormal() {
    assertThat(Transition.between(List.of(), List.of(READY)))
        .contains(new Transition(Severity.Normal, "Ready", "m"));
  }

  @Test
  void sameStateIsNotToldAgain() {
    assertThat(Transition.between(List.of(READY), List.of(READY))).isEmpty();
  }

  @Test
  void sameCauseWithAnotherMessageIsNotToldAgain() {
    Condition later = condition("Reconciling", ConditionStatus.True, "VaultThrottled", "7 s");

    assertThat(Transition.between(List.of(READY, RECONCILING), List.of(READY, later))).isEmpty();
  }

  @Test
  void stalledSpeaksForTheObject() {
    assertThat(Transition.between(List.of(READY), List.of(NOT_READY, STALLED)))
        .contains(new Transition(Severity.Warning, "KeyExists", "m"));
  }

  @Test
  void waitingForVaultIsAWarningAlthoughReadyStays() {
    assertThat(Transition.between(List.of(READY), List.of(READY, RECONCILING)))
        .contains(new Transition(Severity.Warning, "VaultThrottled", "m"));
  }

  @Test
  void waitingForItsTurnIsNotToldButTheEndOfItIs() {
    Condition queued = condition("Reconciling", ConditionStatus.True, "Queued", "m");

    assertThat(Transition.between(List.of(), List.of(queued))).isEmpty();
    assertThat(Transition.between(List.of(READY), List.of(READY, queued))).isEmpty();
    assertThat(Transition.between(List.of(READY, queued), List.of(READY)))
        .contains(new Transition(Severity.Normal, "Ready", "m"));
  }

  @Test
  void recoveryIsTold() {
    assertThat(Transition.between(List.of(READY, RECONCILING), List.of(READY)))
        .contains(new Transition(Severity.Normal, "Ready", "m"));
  }

  private static Condition condition(
      String type, ConditionStatus status, String reason, String message) {
    return new Condition(type, status, 1, "2026-01-01T00:00:00Z", reason, message);
  }
}
