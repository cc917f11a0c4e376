package dev.keygate.operator.releasepolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

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
          new RefusedException(Reason.PolicyMalformed, "spec.grammar: expected x, found y"));

  @Test
  void acceptedPolicyIsReadyWithItsCanonicalTextAndDigest() throws PolicySyntaxException {
    ReleasePolicyDocument document = document();

    ReleasePolicyStatus status =
        PolicyStatusWriter.write(NEVER_WRITTEN, new PolicyDecision.Accept(document), 3, EARLIER);

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
    ReleasePolicyStatus accepted =
        PolicyStatusWriter.write(NEVER_WRITTEN, new PolicyDecision.Accept(document()), 1, EARLIER);

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

    ReleasePolicyStatus status =
        PolicyStatusWriter.write(rejected, new PolicyDecision.Accept(document()), 2, LATER);

    assertThat(Conditions.find(status.conditions(), ConditionType.Stalled)).isEmpty();
  }

  @Test
  void transitionTimeMovesOnlyWithTheStatus() throws PolicySyntaxException {
    PolicyDecision accept = new PolicyDecision.Accept(document());
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
    PolicyDecision accept = new PolicyDecision.Accept(document());
    ReleasePolicyStatus first = PolicyStatusWriter.write(NEVER_WRITTEN, accept, 1, EARLIER);

    assertThat(PolicyStatusWriter.write(first, accept, 1, LATER)).isEqualTo(first);
  }

  private static ReleasePolicyDocument document() throws PolicySyntaxException {
    return PolicyParser.parse(
        "{\"version\":\"1.0.0\",\"anyOf\":[{\"authority\":\"https://a.weu.attest.azure.net\","
            + "\"allOf\":[{\"claim\":\"c\",\"equals\":\"v\"}]}]}");
  }
}
