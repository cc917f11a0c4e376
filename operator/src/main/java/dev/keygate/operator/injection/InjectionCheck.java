package dev.keygate.operator.injection;

import java.util.Optional;

/** One rule that an injected pod has to obey. */
@FunctionalInterface
interface InjectionCheck {

  /** Why the pod breaks the rule; empty if it does not. */
  Optional<InjectionDecision.Refuse> check(InjectionObservation observation);

  static Optional<InjectionDecision.Refuse> refuse(InjectionRefusal reason, String sentence) {
    return Optional.of(new InjectionDecision.Refuse(reason, sentence));
  }
}
