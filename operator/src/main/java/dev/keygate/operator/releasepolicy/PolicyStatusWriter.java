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
import java.util.Optional;

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
    List<Finding> findings =
        switch (decision) {
          case PolicyDecision.Accept accept -> accepted(accept);
          case PolicyDecision.Reject reject -> rejected(reject);
        };
    Optional<ReleasePolicyDocument> document = document(decision);
    return new ReleasePolicyStatus(
        generation,
        document.map(CanonicalWriter::write).orElse(null),
        document.map(PolicyDigest::of).map(PolicyDigest::value).orElse(null),
        StatusWarnings.of(decision.warnings()),
        Conditions.merge(before.conditions(), findings, generation, now));
  }

  private static Optional<ReleasePolicyDocument> document(PolicyDecision decision) {
    return switch (decision) {
      case PolicyDecision.Accept accept -> Optional.of(accept.document());
      case PolicyDecision.Reject _ -> Optional.empty();
    };
  }

  private static List<Finding> accepted(PolicyDecision.Accept accept) {
    return List.of(
        Finding.isTrue(
            ConditionType.Accepted,
            ConditionReason.Accepted,
            "The spec is a policy that Key Vault evaluates in full."
                + StatusWarnings.summary(accept.warnings())),
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
}
