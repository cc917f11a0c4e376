package dev.keygate.operator.releasepolicy;

import dev.keygate.failure.RefusedException;
import dev.keygate.policy.ReleasePolicyDocument;
import dev.keygate.policy.lint.LintWarning;
import java.util.List;

/** What became of a ReleasePolicy's spec. */
sealed interface PolicyDecision {

  /** What the policy says that will hurt; nothing if it could not be read. */
  List<LintWarning> warnings();

  /** It is a policy that a vault evaluates in full. */
  record Accept(ReleasePolicyDocument document, List<LintWarning> warnings)
      implements PolicyDecision {

    /** Copies the list. */
    public Accept {
      warnings = List.copyOf(warnings);
    }
  }

  /** It is not; the failure says where and why. */
  record Reject(RefusedException cause, List<LintWarning> warnings) implements PolicyDecision {

    /** Copies the list. */
    public Reject {
      warnings = List.copyOf(warnings);
    }
  }
}
