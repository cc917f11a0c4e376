package dev.keygate.operator.exportablekey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.api.v1alpha1.ExportableKey;
import dev.keygate.api.v1alpha1.ExportableKeyStatus;
import dev.keygate.api.v1alpha1.KeyVersionState;
import dev.keygate.api.v1alpha1.KeyVersionStatus;
import dev.keygate.condition.ConditionReason;
import dev.keygate.condition.ConditionType;
import dev.keygate.failure.Reason;
import dev.keygate.operator.exportablekey.RunUrgency.GrantState;
import dev.keygate.operator.throttle.Urgency;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunUrgencyTest {

  private static final Instant NOW = Instant.parse("2026-01-02T00:00:00Z");
  private static final ExportableKeyStatus NEVER_WRITTEN =
      new ExportableKeyStatus(null, null, null, List.of(), null, List.of());
  private static final KeyOutcome SETTLED =
      new KeyOutcome.Settled(
          VaultKeys.inSync().key(),
          Specs.policy("v"),
          Specs.NO_VERSIONS.next(VaultKeys.inSync().key(), List.of()));
  private static final PolicyReference POLICY = new PolicyReference.Found(Specs.policy("v"));

  @Test
  void aKeyThatIsAsItShouldBeIsOnlyCompared() {
    assertThat(urgency(key(3, written(SETTLED, 3)), POLICY)).isEqualTo(Urgency.ROUTINE);
  }

  @Test
  void aKeyThatWasNeverLookedAtIsAwaited() {
    assertThat(urgency(key(1, NEVER_WRITTEN), POLICY)).isEqualTo(Urgency.AWAITED);
    assertThat(urgency(key(1, null), POLICY)).isEqualTo(Urgency.AWAITED);
  }

  @Test
  void anEditedSpecIsAwaited() {
    assertThat(urgency(key(4, written(SETTLED, 3)), POLICY)).isEqualTo(Urgency.AWAITED);
  }

  @Test
  void anEditedPolicyIsAwaited() {
    PolicyReference edited = new PolicyReference.Found(Specs.policy("w"));

    assertThat(urgency(key(3, written(SETTLED, 3)), edited)).isEqualTo(Urgency.AWAITED);
  }

  @Test
  void aPolicyThatIsGoneIsToldAtOnce() {
    assertThat(urgency(key(3, written(SETTLED, 3)), new PolicyReference.Missing("cvm")))
        .isEqualTo(Urgency.AWAITED);
  }

  @Test
  void aGrantThatSomebodyChangedIsRepairedAtOnce() {
    assertThat(RunUrgency.of(key(3, written(SETTLED, 3)), POLICY, NOW, GrantState.DIFFERENT))
        .isEqualTo(Urgency.AWAITED);
  }

  @Test
  void aKeyThatWaitsForItsTurnOrForTheVaultIsAwaited() {
    KeyOutcome queued =
        new KeyOutcome.Queued(Cause.of(ConditionReason.Queued, "later"), Duration.ofSeconds(9));
    KeyOutcome postponed =
        new KeyOutcome.Postponed(Cause.of(Reason.VaultUnavailable, "down"), Optional.empty());

    assertThat(urgency(key(3, written(queued, 3)), POLICY)).isEqualTo(Urgency.AWAITED);
    assertThat(urgency(key(3, written(postponed, 3)), POLICY)).isEqualTo(Urgency.AWAITED);
  }

  @ParameterizedTest(name = "{1} at {0} is looked at again as {2}")
  @CsvSource({
    "Authorized, NotAuthorized, ROUTINE",
    "Provisioned, KeySoftDeleted, ROUTINE",
    "PolicyInSync, PolicyImmutable, AWAITED"
  })
  void whatTheVaultRefusedIsAskedAgainInRoutineUnlessThePolicyMayBeCorrected(
      ConditionType at, Reason reason, Urgency urgency) {
    KeyOutcome stopped = new KeyOutcome.Stopped(at, Cause.of(reason, "no"));

    assertThat(RunUrgency.of(key(3, written(stopped, 3)), POLICY, NOW, GrantState.DIFFERENT))
        .isEqualTo(urgency);
  }

  @ParameterizedTest(name = "an overlap of a day that began at {0}: {1}")
  @CsvSource({
    "2026-01-01T12:00:00Z, ROUTINE",
    "2026-01-01T00:00:01Z, ROUTINE",
    "2026-01-01T00:00:00Z, AWAITED",
    "2025-12-01T00:00:00Z, AWAITED"
  })
  void anOverlapThatIsOverIsEndedAtOnce(Instant superseded, Urgency urgency) {
    ExportableKeyStatus settled = written(SETTLED, 3);
    ExportableKeyStatus overlapping =
        new ExportableKeyStatus(
            settled.observedGeneration(),
            settled.keyId(),
            settled.currentVersion(),
            List.of(
                settled.versions().getFirst(),
                new KeyVersionStatus(
                    "fedcba9876543210fedcba9876543210",
                    KeyVersionState.Overlap,
                    null,
                    superseded.atZone(ZoneOffset.UTC))),
            settled.policyDigest(),
            settled.conditions());

    assertThat(urgency(key(3, overlapping), POLICY)).isEqualTo(urgency);
  }

  private static Urgency urgency(ExportableKey key, PolicyReference policy) {
    return RunUrgency.of(key, policy, NOW, GrantState.AS_STATUS_SAYS);
  }

  private static ExportableKeyStatus written(KeyOutcome outcome, long generation) {
    return new KeyStatusWriter(NEVER_WRITTEN, generation, NOW).write(outcome);
  }

  private static ExportableKey key(long generation, @Nullable ExportableKeyStatus status) {
    ExportableKey key = new ExportableKey();
    key.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace("payments")
            .withName("orders")
            .withGeneration(generation)
            .build());
    key.setSpec(Specs.rsa("rotation: {overlapSeconds: 86400}"));
    key.setStatus(status);
    return key;
  }
}
