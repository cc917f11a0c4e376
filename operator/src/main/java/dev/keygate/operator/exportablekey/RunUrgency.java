package dev.keygate.operator.exportablekey;

import dev.keygate.api.v1alpha1.ExportableKey;
import dev.keygate.api.v1alpha1.ExportableKeyStatus;
import dev.keygate.api.v1alpha1.KeyVersionState;
import dev.keygate.api.v1alpha1.KeyVersionStatus;
import dev.keygate.condition.Condition;
import dev.keygate.condition.ConditionStatus;
import dev.keygate.condition.ConditionType;
import dev.keygate.condition.Conditions;
import dev.keygate.operator.throttle.Urgency;
import dev.keygate.policy.PolicyDigest;
import dev.keygate.policy.ReleasePolicyDocument;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Whether somebody waits for a run. It is routine if the status has judged this generation and this
 * policy already, time has changed nothing since, and the grant is as the status says; then only
 * the vault can differ. Pure: what an earlier process has done counts as well as what this one has.
 */
final class RunUrgency {

  private RunUrgency() {}

  /**
   * Judges by the object as the API server has it.
   *
   * @param grant as the status would have it, compared with what is there
   */
  static Urgency of(ExportableKey key, PolicyReference policy, Instant now, GrantState grant) {
    ExportableKeyStatus status = key.getStatus();
    if (status == null
        || status.observedGeneration() == null
        || !status.observedGeneration().equals(key.getMetadata().getGeneration())
        || !(policy instanceof PolicyReference.Found found)
        || has(status.conditions(), ConditionType.Reconciling)) {
      return Urgency.AWAITED;
    }
    boolean isKnown =
        has(status.conditions(), ConditionType.Stalled)
            ? isAboutVault(status.conditions())
            : grant == GrantState.AS_STATUS_SAYS && isSettled(key, status, found.document(), now);
    return isKnown ? Urgency.ROUTINE : Urgency.AWAITED;
  }

  /** What others have left of the grant. */
  enum GrantState {
    AS_STATUS_SAYS,
    DIFFERENT
  }

  private static boolean isSettled(
      ExportableKey key, ExportableKeyStatus status, ReleasePolicyDocument policy, Instant now) {
    Duration overlap = Duration.ofSeconds(key.getSpec().rotation().overlapSeconds());
    return PolicyDigest.of(policy).value().equals(status.policyDigest())
        && status.versions().stream().noneMatch(version -> isOver(version, overlap, now));
  }

  private static boolean isOver(KeyVersionStatus version, Duration overlap, Instant now) {
    return version.state() == KeyVersionState.Overlap
        && Optional.ofNullable(version.supersededAt())
            .filter(since -> since.toInstant().plus(overlap).isAfter(now))
            .isEmpty();
  }

  /** A policy that was refused may have been corrected: that is looked at soon. */
  private static boolean isAboutVault(List<Condition> conditions) {
    return !isFalse(conditions, ConditionType.ResolvedRefs)
        && !isFalse(conditions, ConditionType.PolicyInSync);
  }

  private static boolean has(List<Condition> conditions, ConditionType type) {
    return Conditions.find(conditions, type)
        .filter(condition -> condition.status() == ConditionStatus.True)
        .isPresent();
  }

  private static boolean isFalse(List<Condition> conditions, ConditionType type) {
    return Conditions.find(conditions, type)
        .filter(condition -> condition.status() == ConditionStatus.False)
        .isPresent();
  }
}
