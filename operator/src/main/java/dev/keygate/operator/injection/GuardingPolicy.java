package dev.keygate.operator.injection;

import dev.keygate.api.compile.PolicyCompiler;
import dev.keygate.api.v1alpha1.ReleasePolicySpec;
import dev.keygate.failure.RefusedException;
import dev.keygate.policy.ReleasePolicyDocument;

/** The release policy of a key. */
public sealed interface GuardingPolicy {

  /** A policy that a vault can be given. */
  record Compiled(ReleasePolicyDocument document) implements GuardingPolicy {}

  /** No ReleasePolicy of that name. */
  record Unknown() implements GuardingPolicy {}

  /**
   * A ReleasePolicy whose spec is not accepted.
   *
   * @param cause what its own condition says
   */
  record NotAccepted(String cause) implements GuardingPolicy {}

  /**
   * Compiles a spec. The status is not asked: who may write statuses shall not decide which
   * authorities a pod trusts.
   */
  static GuardingPolicy of(ReleasePolicySpec spec) {
    try {
      return new Compiled(PolicyCompiler.compile(spec));
    } catch (RefusedException e) {
      return new NotAccepted(String.valueOf(e.getMessage()));
    }
  }
}
