package dev.keygate.operator.releasepolicy;

import dev.keygate.failure.RefusedException;
import dev.keygate.policy.ReleasePolicyDocument;

/** What became of a ReleasePolicy's spec. */
sealed interface PolicyDecision {

  /** It is a policy that a vault evaluates in full. */
  record Accept(ReleasePolicyDocument document) implements PolicyDecision {}

  /** It is not; the failure says where and why. */
  record Reject(RefusedException cause) implements PolicyDecision {}
}
