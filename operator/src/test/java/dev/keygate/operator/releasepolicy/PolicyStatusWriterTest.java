package dev.keygate.operator.releasepolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.keygate.api.v1alpha1.PolicyWarning;
import dev.keygate.api.v1alpha1.ReleasePolicyStatus;
import dev.keygate.condition.Condition;
import dev.keygate.condition.ConditionStatus;
import dev.keygate.condition.ConditionType;
import dev.keygate.condition.Conditions;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.policy.PolicyDigest;
import dev.keygate.policy.PolicyParser;
import dev.keygate.policy.PolicySyntaxException;
import dev.keygate.policy.ReleasePolicyDocument;
import dev.keygate.policy.lint.LintCode;
import dev.keygate.policy.lint.LintWarning;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyStatusWriterTest {

  private static final Instant EARLIER = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant LATER = Instant.parse("2026-01-01T01:00:00Z");
  private static final ReleasePolicyStatus NEVER_WRITTEN =
      new ReleasePolicyStatus(null, null, null, List.of(), List.of());
  private static final PolicyDecision REJECT =
      new PolicyDecision.Reject(
          new RefusedException(Reason.PolicyMalformed, "spec.grammar: expected x, found y"),
          List.of());
  private static final PolicyDecision REJECT_WITH_WARNING =
      new PolicyDecision.Reject(
          new RefusedException(Reason.PolicyUnsupported, "expected equals, found less"),
          List.of(new LintWarning(LintCode.UnsupportedOperator, "anyOf[0].allOf[0]", "Less.")));

  @Test
  void acceptedPolicyIsReadyWithItsCanonicalTextAndDigest() throws PolicySyntaxException {
    ReleasePolicyDocument document = document();

    ReleasePolicyStatus status =
        PolicyStatusWriter.write(
            NEVER_WRITTEN, new PolicyDecision.Accept(document, List.of()), 3, EARLIER);

    assertThat(status.observedGeneration()).isEqualTo(3);
    assertThat(status.digest()).isEqualTo(PolicyDigest.of(document).value());
    assertThat(status.compiled()).startsWith("{\"version\":\"1.0.0\"");
    assertThat(status.conditions())
        .extracting(Condition::type, Condition::status)
        .containsExactly(
            tuple("Accepted", ConditionStatus.True), tuple("Ready", ConditionStatus.True));
  }

  @Test
  void rejectedPolicyIsStalledAndLosesItsCompiledText() throws PolicySyntaxException {
    ReleasePolicyStatus accepted = PolicyStatusWriter.write(NEVER_WRITTEN, accept(), 1, EARLIER);

    ReleasePolicyStatus status = PolicyStatusWriter.write(accepted, REJECT, 2, LATER);

    assertThat(status.compiled()).isNull();
    assertThat(status.digest()).isNull();
    assertThat(status.conditions())
        .extracting(Condition::type, Condition::status, Condition::reason)
        .containsExactly(
            tuple("Accepted", ConditionStatus.False, "PolicyMalformed"),
            tuple("Ready", ConditionStatus.False, "PolicyMalformed"),
            tuple("Stalled", ConditionStatus.True, "PolicyMalformed"));
  }

  @Test
  void stalledGoesAwayOnceThePolicyIsRepaired() throws PolicySyntaxException {
    ReleasePolicyStatus rejected = PolicyStatusWriter.write(NEVER_WRITTEN, REJECT, 1, EARLIER);

    ReleasePolicyStatus status = PolicyStatusWriter.write(rejected, accept(), 2, LATER);

    assertThat(Conditions.find(status.conditions(), ConditionType.Stalled)).isEmpty();
  }

  @Test
  void transitionTimeMovesOnlyWithTheStatus() throws PolicySyntaxException {
    PolicyDecision accept = accept();
    ReleasePolicyStatus first = PolicyStatusWriter.write(NEVER_WRITTEN, accept, 1, EARLIER);

    ReleasePolicyStatus second = PolicyStatusWriter.write(first, accept, 2, LATER);
    ReleasePolicyStatus third = PolicyStatusWriter.write(second, REJECT, 3, LATER);

    assertThat(Conditions.find(second.conditions(), ConditionType.Ready))
        .map(Condition::lastTransitionTime)
        .contains(EARLIER.toString());
    assertThat(Conditions.find(third.conditions(), ConditionType.Ready))
        .map(Condition::lastTransitionTime)
        .contains(LATER.toString());
  }

  @Test
  void sameDecisionGivesAnEqualStatus() throws PolicySyntaxException {
    PolicyDecision accept = accept();
    ReleasePolicyStatus first = PolicyStatusWriter.write(NEVER_WRITTEN, accept, 1, EARLIER);

    assertThat(PolicyStatusWriter.write(first, accept, 1, LATER)).isEqualTo(first);
  }

  @Test
  void warningsDoNotKeepAPolicyFromBeingReady() throws PolicySyntaxException {
    List<LintWarning> warnings =
        List.of(
            new LintWarning(LintCode.AdmitsDebug, "anyOf[0]", "Debug."),
            new LintWarning(LintCode.VolatileClaim, "anyOf[0].allOf[1]", "Volatile."));

    ReleasePolicyStatus status =
        PolicyStatusWriter.write(
            NEVER_WRITTEN, new PolicyDecision.Accept(document(), warnings), 1, EARLIER);

    assertThat(status.warnings())
        .containsExactlyInAnyOrder(
            new PolicyWarning("AdmitsDebug", "anyOf[0]", "Debug."),
            new PolicyWarning("VolatileClaim", "anyOf[0].allOf[1]", "Volatile."));
    assertThat(Conditions.isTrue(status.conditions(), ConditionType.Ready)).isTrue();
    assertThat(Conditions.find(status.conditions(), ConditionType.Accepted))
        .map(Condition::message)
        .hasValueSatisfying(
            message -> assertThat(message).contains("VolatileClaim", "AdmitsDebug"));
  }

  /**
   * What kstatus reads, over every sequence of three runs: observedGeneration is the spec's, Ready
   * is there, and Stalled says why it is not true.
   */
  @Test
  void everySequenceOfDecisionsIsCleanForKstatus() throws PolicySyntaxException {
    List<PolicyDecision> decisions = List.of(accept(), REJECT, REJECT_WITH_WARNING);
    for (PolicyDecision first : decisions) {
      for (PolicyDecision second : decisions) {
        for (PolicyDecision third : decisions) {
          ReleasePolicyStatus status = NEVER_WRITTEN;
          long generation = 0;
          for (PolicyDecision decision : List.of(first, second, third)) {
            generation++;
            status = PolicyStatusWriter.write(status, decision, generation, EARLIER);
            assertCleanForKstatus(status, generation);
          }
        }
      }
    }
  }

  private static void assertCleanForKstatus(ReleasePolicyStatus status, long generation) {
    List<Condition> conditions = status.conditions();
    assertThat(status.observedGeneration()).isEqualTo(generation);
    assertThat(conditions).allMatch(condition -> condition.observedGeneration() == generation);
    assertThat(conditions).doesNotHaveDuplicates().noneMatch(c -> c.is(ConditionType.Reconciling));
    assertThat(Conditions.find(conditions, ConditionType.Ready)).isPresent();
    assertThat(Conditions.find(conditions, ConditionType.Stalled).isPresent())
        .isNotEqualTo(Conditions.isTrue(conditions, ConditionType.Ready));
    assertThat(Conditions.isTrue(conditions, ConditionType.Accepted))
        .isEqualTo(Conditions.isTrue(conditions, ConditionType.Ready))
        .isEqualTo(status.digest() != null);
  }

  private static PolicyDecision accept() throws PolicySyntaxException {
    return new PolicyDecision.Accept(document(), List.of());
  }

  private static ReleasePolicyDocument document() throws PolicySyntaxException {
    return PolicyParser.parse(
        "{\"version\":\"1.0.0\",\"anyOf\":[{\"authority\":\"https://a.weu.attest.azure.net\","
            + "\"allOf\":[{\"claim\":\"c\",\"equals\":\"v\"}]}]}");
  }
}
