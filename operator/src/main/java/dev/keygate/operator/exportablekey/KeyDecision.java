package dev.keygate.operator.exportablekey;

import dev.keygate.azure.keyvault.KeyCreation;
import dev.keygate.azure.keyvault.KeyProperties;
import dev.keygate.azure.keyvault.VaultKey;
import dev.keygate.azure.keyvault.VaultReleasePolicy;
import dev.keygate.condition.ConditionType;
import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.endpoint.KeyVersion;
import dev.keygate.policy.ReleasePolicyDocument;

/** The next step for a key. */
sealed interface KeyDecision {

  /** A step that changes the vault, or asks it. */
  sealed interface Step extends KeyDecision {
    /** The key, without a version. */
    KeyIdentifier key();
  }

  /** Ask the vault for the key. */
  record Look(KeyIdentifier key) implements Step {}

  /** Make it. */
  record Create(KeyIdentifier key, KeyCreation creation) implements Step {}

  /** Bring the deleted key of that name back. */
  record Recover(KeyIdentifier key) implements Step {}

  /**
   * Write operations, lifetime and tags.
   *
   * @param drift what differs, for the log and the Event
   */
  record CorrectProperties(KeyIdentifier key, KeyProperties properties, String drift)
      implements Step {}

  /** Write the release policy. */
  record CorrectPolicy(KeyIdentifier key, VaultReleasePolicy policy) implements Step {}

  /**
   * Ask the vault whose an earlier version is: tags are a version's, and who adds one by hand gives
   * it none.
   *
   * @param found the current version, which is no object's
   * @param earlier the version that the status has as current
   */
  record Trace(VaultKey found, KeyVersion earlier) implements Step {
    @Override
    public KeyIdentifier key() {
      return found.id().base();
    }
  }

  /**
   * Ask the vault for all versions.
   *
   * @param found the current one
   */
  record ListVersions(VaultKey found) implements Step {
    @Override
    public KeyIdentifier key() {
      return found.id().base();
    }
  }

  /** Nothing is left to do. */
  record Settle(VaultKey key, ReleasePolicyDocument policy, KeyVersions versions)
      implements KeyDecision {}

  /**
   * Nothing can be done until somebody changes something.
   *
   * @param at the condition that does not hold
   */
  record Refuse(ConditionType at, Cause cause) implements KeyDecision {}
}
