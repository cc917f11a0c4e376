package dev.keygate.operator.releasepolicy;

import dev.keygate.api.compile.PolicyCompiler;
import dev.keygate.failure.RefusedException;

/** Decides on a ReleasePolicy. Pure. */
final class PolicyDecider {

  private PolicyDecider() {}

  static PolicyDecision decide(PolicyObservation observation) {
    try {
      return new PolicyDecision.Accept(PolicyCompiler.compile(observation.spec()));
    } catch (RefusedException e) {
      return new PolicyDecision.Reject(e);
    }
  }
}
