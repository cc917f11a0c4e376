package dev.keygate.operator.exportablekey;

import dev.keygate.policy.ReleasePolicyDocument;

/** What an ExportableKey's {@code releasePolicyRef} leads to. */
sealed interface PolicyReference {

  /** A policy that a vault can be given. */
  record Found(ReleasePolicyDocument document) implements PolicyReference {}

  /** Nothing of that name. */
  record Missing(String name) implements PolicyReference {}

  /**
   * A ReleasePolicy whose spec is not accepted.
   *
   * @param cause what its own condition says
   */
  record NotAccepted(String name, String cause) implements PolicyReference {}
}
