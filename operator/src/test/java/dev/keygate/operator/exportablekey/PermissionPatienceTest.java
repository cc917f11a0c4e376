package dev.keygate.operator.exportablekey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.api.v1alpha1.ExportableKeyStatus;
import dev.keygate.condition.Condition;
import dev.keygate.condition.ConditionStatus;
import dev.keygate.condition.ConditionType;
import dev.keygate.failure.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PermissionPatienceTest {

  private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
  private static final ExportableKeyStatus NEVER_WRITTEN =
      new ExportableKeyStatus(null, null, null, List.of(), null, List.of());

  @ParameterizedTest
  @EnumSource(names = {"NotAuthorized", "VaultUnauthenticated", "IdentityRefused"})
  void firstRefusalIsTakenForAPermissionOnItsWay(Reason reason) {
    KeyOutcome outcome = new PermissionPatience(List.of(), FIRST).judge(refused(reason));

    assertThat(outcome).isInstanceOf(KeyOutcome.AwaitingPermission.class);
  }

  @Test
  void networkRulesAreBelievedAtOnce() {
    KeyOutcome refused = refused(Reason.NetworkNotAllowed);

    assertThat(new PermissionPatience(List.of(), FIRST).judge(refused)).isSameAs(refused);
  }

  @Test
  void refusalOfSomethingElseIsBelievedAtOnce() {
    KeyOutcome refused =
        new KeyOutcome.Stopped(ConditionType.Provisioned, Cause.of(Reason.VaultRefused, "no"));

    assertThat(new PermissionPatience(List.of(), FIRST).judge(refused)).isSameAs(refused);
  }

  @ParameterizedTest
  @CsvSource({"PT0S, true", "PT9M59S, true", "PT10M, false", "PT24H, false", "-PT1S, false"})
  void tenMinutesAreCountedFromTheFirstInARow(Duration since, boolean isPatient) {
    ExportableKeyStatus status = NEVER_WRITTEN;
    for (Duration age : List.of(Duration.ZERO, Duration.ofMinutes(1), Duration.ofMinutes(3))) {
      status = write(status, refused(Reason.NotAuthorized), FIRST.plus(age));
    }

    KeyOutcome outcome =
        new PermissionPatience(status.conditions(), FIRST.plus(since))
            .judge(refused(Reason.NotAuthorized));

    assertThat(outcome instanceof KeyOutcome.AwaitingPermission).isEqualTo(isPatient);
  }

  @Test
  void successBeginsANewRow() {
    ExportableKeyStatus refused = write(NEVER_WRITTEN, refused(Reason.NotAuthorized), FIRST);
    ExportableKeyStatus settled =
        write(
            refused,
            new KeyOutcome.Settled(
                VaultKeys.inSync().key(),
                Specs.policy("v"),
                Specs.NO_VERSIONS.next(VaultKeys.inSync().key(), List.of())),
            FIRST.plusSeconds(60));

    Instant muchLater = FIRST.plus(Duration.ofHours(1));
    assertThat(
            new PermissionPatience(settled.conditions(), muchLater)
                .judge(refused(Reason.NotAuthorized)))
        .isInstanceOf(KeyOutcome.AwaitingPermission.class);
  }

  @Test
  void outageInBetweenDoesNotBeginANewRow() {
    ExportableKeyStatus refused = write(NEVER_WRITTEN, refused(Reason.NotAuthorized), FIRST);
    ExportableKeyStatus away =
        write(
            refused,
            new KeyOutcome.Postponed(Cause.of(Reason.VaultUnavailable, "away"), Optional.empty()),
            FIRST.plusSeconds(60));

    Instant later = FIRST.plus(Duration.ofMinutes(11));
    KeyOutcome again = refused(Reason.NotAuthorized);
    assertThat(new PermissionPatience(away.conditions(), later).judge(again)).isSameAs(again);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yesterday", "2026-13-01T00:00:00Z"})
  void timeThatIsNoneBeginsANewRow(String time) {
    Condition forged =
        new Condition("Authorized", ConditionStatus.False, 1, time, "NotAuthorized", "no");

    assertThat(new PermissionPatience(List.of(forged), FIRST).judge(refused(Reason.NotAuthorized)))
        .isInstanceOf(KeyOutcome.AwaitingPermission.class);
  }

  private static KeyOutcome refused(Reason reason) {
    return new KeyOutcome.Stopped(ConditionType.Authorized, Cause.of(reason, "no"));
  }

  private static ExportableKeyStatus write(
      ExportableKeyStatus before, KeyOutcome found, Instant now) {
    KeyOutcome outcome = new PermissionPatience(before.conditions(), now).judge(found);
    return new KeyStatusWriter(before, 1, now).write(outcome);
  }
}
