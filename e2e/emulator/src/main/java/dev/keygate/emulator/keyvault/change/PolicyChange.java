package dev.keygate.emulator.keyvault.change;

import dev.keygate.emulator.keyvault.key.StoredPolicy;
import dev.keygate.emulator.keyvault.key.VaultKey;
import dev.keygate.emulator.keyvault.refusal.SkrError;
import dev.keygate.emulator.keyvault.refusal.VaultRefusedException;

/** Whether a key can get another policy. */
final class PolicyChange {

  private PolicyChange() {}

  /** Passes a key that is exportable and whose policy is mutable. */
  static void require(VaultKey key) throws VaultRefusedException {
    StoredPolicy policy = key.policy().orElseThrow(SkrError.POLICY_NOT_ALLOWED::refusal);
    if (policy.immutable()) {
      throw SkrError.POLICY_IMMUTABLE.refusal();
    }
  }
}
