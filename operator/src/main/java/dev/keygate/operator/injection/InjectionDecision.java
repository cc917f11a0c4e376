package dev.keygate.operator.injection;

import dev.keygate.operator.injection.pod.InjectionPlan;
import dev.keygate.operator.injection.pod.PodPatch;

/** What is to be done with a pod. */
public sealed interface InjectionDecision {

  /** The pod does not ask, or is one of the operator's own: it is let through as it is. */
  record NotAsked() implements InjectionDecision {}

  /** The pod is as its plan says; an earlier call has seen to that. */
  record AlreadyInjected() implements InjectionDecision {}

  /**
   * The pod gets keys.
   *
   * @param patch not empty
   */
  record Inject(InjectionPlan plan, PodPatch patch) implements InjectionDecision {}

  /**
   * The pod is not admitted.
   *
   * @param sentence what was expected and found, and what to do
   */
  record Refuse(InjectionRefusal reason, String sentence) implements InjectionDecision {}
}
