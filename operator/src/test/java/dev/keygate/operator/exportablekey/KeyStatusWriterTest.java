package dev.keygate.operator.exportablekey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.api.v1alpha1.ExportableKeyStatus;
import dev.keygate.api.v1alpha1.KeyVersionState;
import dev.keygate.api.v1alpha1.KeyVersionStatus;
import dev.keygate.condition.Condition;
import dev.keygate.condition.ConditionReason;
import dev.keygate.condition.ConditionStatus;
import dev.keygate.condition.ConditionType;
import dev.keygate.condition.Conditions;
import dev.keygate.failure.Reason;
import dev.keygate.policy.PolicyDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeyStatusWriterTest {

  private static final Instant EARLIER = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant LATER = Instant.parse("2026-01-01T01:00:00Z");
  private static final ExportableKeyStatus NEVER_WRITTEN =
      new ExportableKeyStatus(null, null, null, List.of(), null, List.of());
  private static final KeyOutcome SETTLED = settled(VaultKeys.inSync());
  private static final KeyOutcome THROTTLED =
      new KeyOutcome.Postponed(
          Cause.of(Reason.VaultThrottled, "too many requests"), Optional.empty());

  @Test
  void settledKeyIsReadyAndSaysWhereItIs() {
    ExportableKeyStatus status = write(NEVER_WRITTEN, SETTLED, 2, EARLIER);

    assertThat(status.observedGeneration()).isEqualTo(2);
    assertThat(status.keyId()).isEqualTo("https://contoso.vault.azure.net/keys/orders");
    assertThat(status.currentVersion()).isEqualTo(Specs.VERSION);
    assertThat(status.versions())
        .containsExactly(new KeyVersionStatus(Specs.VERSION, KeyVersionState.Current, null, null));
    assertThat(status.policyDigest()).isEqualTo(PolicyDigest.of(Specs.policy("v")).value());
    assertThat(lines(status))
        .containsExactly(
            "ResolvedRefs True Resolved",
            "Authorized True Authorized",
            "Provisioned True Provisioned",
            "PolicyInSync True InSync",
            "Ready True Ready");
  }

  @Test
  void waitingForItsTurnSaysSoAndChangesNothingElse() {
    KeyOutcome queued =
        new KeyOutcome.Queued(
            Cause.of(ConditionReason.Queued, "ten in ten seconds"), Duration.ofSeconds(9));
    ExportableKeyStatus ready = write(NEVER_WRITTEN, SETTLED, 1, EARLIER);

    assertThat(lines(write(NEVER_WRITTEN, queued, 1, EARLIER)))
        .endsWith("Ready Unknown Queued", "Reconciling True Queued");
    assertThat(lines(write(ready, queued, 2, LATER)))
        .endsWith("Ready True Ready", "Reconciling True Queued");
  }

  @Test
  void keyThatTheSpecDisablesIsAsItsSpecSaysAndSaysSo() {
    ExportableKeyStatus status =
        write(NEVER_WRITTEN, settled(VaultKeys.inSync().disabled()), 1, EARLIER);

    assertThat(lines(status)).endsWith("PolicyInSync True InSync", "Ready True DisabledBySpec");
    assertThat(StatusRules.verdict(status, 1)).isEqualTo(StatusRules.Verdict.CURRENT);
    assertThat(status.conditions().getLast().message()).startsWith("The spec disables the key;");
  }

  @Test
  void missingPolicyStallsAndLeavesTheRestWaiting() {
    ExportableKeyStatus status =
        write(
            NEVER_WRITTEN,
            new KeyOutcome.Stopped(
                ConditionType.ResolvedRefs, Cause.of(ConditionReason.PolicyNotFound, "none")),
            1,
            EARLIER);

    assertThat(lines(status))
        .containsExactly(
            "ResolvedRefs False PolicyNotFound",
            "Authorized Unknown Waiting",
            "Provisioned Unknown Waiting",
            "PolicyInSync Unknown Waiting",
            "Ready False PolicyNotFound",
            "Stalled True PolicyNotFound");
  }

  @Test
  void refusalByTheVaultKeepsWhatWasReachedBeforeIt() {
    ExportableKeyStatus status = write(NEVER_WRITTEN, stopped(Reason.KeySoftDeleted), 1, EARLIER);

    assertThat(lines(status))
        .containsExactly(
            "ResolvedRefs True Resolved",
            "Authorized True Authorized",
            "Provisioned False KeySoftDeleted",
            "PolicyInSync Unknown Waiting",
            "Ready False KeySoftDeleted",
            "Stalled True KeySoftDeleted");
  }

  @Test
  void refusalKeepsTheLaterConditionsOfAnEarlierRunWithTheirGeneration() {
    ExportableKeyStatus settled = write(NEVER_WRITTEN, SETTLED, 1, EARLIER);

    ExportableKeyStatus status = write(settled, stopped(Reason.KeyMismatch), 2, LATER);

    assertThat(Conditions.find(status.conditions(), ConditionType.PolicyInSync))
        .contains(Conditions.find(settled.conditions(), ConditionType.PolicyInSync).orElseThrow());
    assertThat(status.keyId()).isEqualTo(settled.keyId());
    assertThat(status.observedGeneration()).isEqualTo(2);
  }

  @Test
  void readyDoesNotFlapWhileTheVaultIsAway() {
    ExportableKeyStatus settled = write(NEVER_WRITTEN, SETTLED, 1, EARLIER);

    ExportableKeyStatus status = write(settled, THROTTLED, 1, LATER);

    assertThat(status.conditions()).startsWith(settled.conditions().toArray(Condition[]::new));
    assertThat(lines(status)).endsWith("Ready True Ready", "Reconciling True VaultThrottled");
  }

  @Test
  void nothingIsKnownOfNewKeyWhileTheVaultIsAway() {
    ExportableKeyStatus status = write(NEVER_WRITTEN, THROTTLED, 1, EARLIER);

    assertThat(lines(status))
        .endsWith("Ready Unknown VaultThrottled", "Reconciling True VaultThrottled");
  }

  @Test
  void readyOfAnEarlierSpecKeepsItsGenerationWhileTheVaultIsAway() {
    ExportableKeyStatus settled = write(NEVER_WRITTEN, SETTLED, 1, EARLIER);

    ExportableKeyStatus status = write(settled, THROTTLED, 2, LATER);

    assertThat(status.observedGeneration()).isEqualTo(2);
    assertThat(Conditions.find(status.conditions(), ConditionType.Ready))
        .map(Condition::observedGeneration)
        .contains(1L);
  }

  @Test
  void permissionThatMayBeOnItsWayChangesAuthorizedAlone() {
    ExportableKeyStatus settled = write(NEVER_WRITTEN, SETTLED, 1, EARLIER);

    ExportableKeyStatus status =
        write(
            settled,
            new KeyOutcome.AwaitingPermission(
                Cause.of(ConditionReason.AwaitingPermission, "no role yet")),
            1,
            LATER);

    assertThat(lines(status))
        .containsExactly(
            "ResolvedRefs True Resolved",
            "Authorized False AwaitingPermission",
            "Provisioned True Provisioned",
            "PolicyInSync True InSync",
            "Ready True Ready",
            "Reconciling True AwaitingPermission");
    assertThat(Conditions.find(status.conditions(), ConditionType.Authorized))
        .map(Condition::lastTransitionTime)
        .contains(LATER.toString());
  }

  @Test
  void sameFailureWithAnotherRequestIdGivesAnEqualStatus() {
    ExportableKeyStatus first = write(NEVER_WRITTEN, unavailable("1a-2b"), 1, EARLIER);

    assertThat(write(first, unavailable("3c-4d"), 1, LATER)).isEqualTo(first);
    assertThat(write(first, unavailable("3c-4d"), 2, LATER)).isNotEqualTo(first);
  }

  private static KeyOutcome unavailable(String requestId) {
    return new KeyOutcome.Postponed(
        Cause.of(
            Reason.VaultUnavailable,
            "the vault answered 503, request id " + requestId + "; it is tried again"),
        Optional.empty());
  }

  @Test
  void reconcilingAndStalledGoAwayOnceTheKeyIsSettled() {
    ExportableKeyStatus stalled = write(NEVER_WRITTEN, stopped(Reason.KeyExists), 1, EARLIER);
    ExportableKeyStatus waiting = write(stalled, THROTTLED, 2, EARLIER);

    ExportableKeyStatus status = write(waiting, SETTLED, 3, LATER);

    assertThat(Conditions.find(waiting.conditions(), ConditionType.Stalled)).isEmpty();
    assertThat(Conditions.find(status.conditions(), ConditionType.Reconciling)).isEmpty();
    assertThat(Conditions.find(status.conditions(), ConditionType.Ready))
        .map(Condition::lastTransitionTime)
        .contains(LATER.toString());
  }

  @Test
  void sameOutcomeGivesAnEqualStatus() {
    ExportableKeyStatus first = write(NEVER_WRITTEN, SETTLED, 1, EARLIER);

    assertThat(write(first, SETTLED, 1, LATER)).isEqualTo(first);
  }

  private static KeyOutcome settled(VaultKeys found) {
    KeyVersions versions = Specs.NO_VERSIONS.next(found.key(), List.of());
    return new KeyOutcome.Settled(found.key(), Specs.policy("v"), versions);
  }

  private static KeyOutcome stopped(Reason reason) {
    return new KeyOutcome.Stopped(ConditionType.Provisioned, Cause.of(reason, "because"));
  }

  private static ExportableKeyStatus write(
      ExportableKeyStatus before, KeyOutcome outcome, long generation, Instant now) {
    return new KeyStatusWriter(before, generation, now).write(outcome);
  }

  private static List<String> lines(ExportableKeyStatus status) {
    return status.conditions().stream()
        .map(c -> c.type() + " " + name(c.status()) + " " + c.reason())
        .toList();
  }

  private static String name(ConditionStatus status) {
    return status.name();
  }
}
