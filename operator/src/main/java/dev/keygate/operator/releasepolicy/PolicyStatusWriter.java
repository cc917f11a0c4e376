package dev.keygate.operator.releasepolicy;

import dev.keygate.api.v1alpha1.ReleasePolicyStatus;
import dev.keygate.condition.ConditionReason;
import dev.keygate.condition.ConditionType;
import dev.keygate.condition.Conditions;
import dev.keygate.condition.Finding;
import dev.keygate.policy.CanonicalWriter;
import dev.keygate.policy.PolicyDigest;
import dev.keygate.policy.ReleasePolicyDocument;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns a decision into a status. Pure. */
final class PolicyStatusWriter {

  private PolicyStatusWriter() {}

  /**
   * The status to write.
   *
   * @param before the status now, for the times of transitions
   * @param generation of the spec that was judged
   */
  static ReleasePolicyStatus write(
      ReleasePolicyStatus before, PolicyDecision decision, long generation, Instant now) {
    return switch (decision) {
      case PolicyDecision.Accept accept ->
          status(before, accepted(), accept.document(), generation, now);
      case PolicyDecision.Reject reject -> status(before, rejected(reject), null, generation, now);
    };
  }

  private static List<Finding> accepted() {
    return List.of(
        Finding.isTrue(
            ConditionType.Accepted,
            ConditionReason.Accepted,
            "The spec is a policy that Key Vault evaluates in full."),
        Finding.isTrue(
            ConditionType.Ready, ConditionReason.Ready, "ExportableKeys can refer to the policy."));
  }

  private static List<Finding> rejected(PolicyDecision.Reject reject) {
    String message = String.valueOf(reject.cause().getMessage());
    return List.of(
        Finding.isFalse(ConditionType.Accepted, reject.cause()),
        Finding.isFalse(ConditionType.Ready, reject.cause()),
        Finding.isTrue(ConditionType.Stalled, reject.cause().reason(), message));
  }

  private static ReleasePolicyStatus status(
      ReleasePolicyStatus before,
      List<Finding> findings,
      @Nullable ReleasePolicyDocument document,
      long generation,
      Instant now) {
    return new ReleasePolicyStatus(
        generation,
        document == null ? null : CanonicalWriter.write(document),
        document == null ? null : PolicyDigest.of(document).value(),
        List.of(),
        Conditions.merge(before.conditions(), findings, generation, now));
  }
}
