package dev.keygate.operator.releasepolicy;

import dev.keygate.api.compile.PolicyCompiler;
import dev.keygate.failure.RefusedException;
import dev.keygate.policy.PolicySupport;
import dev.keygate.policy.ReleasePolicyDocument;
import dev.keygate.policy.lint.LintWarning;
import dev.keygate.policy.lint.PolicyLint;
import java.util.List;

/** Decides on a ReleasePolicy. Pure. */
final class PolicyDecider {

  private PolicyDecider() {}

  static PolicyDecision decide(PolicyObservation observation) {
    ReleasePolicyDocument document;
    try {
      document = PolicyCompiler.read(observation.spec());
    } catch (RefusedException e) {
      return new PolicyDecision.Reject(e, List.of());
    }
    List<LintWarning> warnings = PolicyLint.lint(document);
    try {
      PolicySupport.requireSupported(document);
      return new PolicyDecision.Accept(document, warnings);
    } catch (RefusedException e) {
      return new PolicyDecision.Reject(e, warnings);
    }
  }
}
