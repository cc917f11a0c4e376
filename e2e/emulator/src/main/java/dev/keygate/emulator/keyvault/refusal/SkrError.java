package dev.keygate.emulator.keyvault.refusal;

import dev.keygate.emulator.keyvault.refusal.VaultRefusedException.Said;
import java.util.OptionalInt;

/**
 * The vault's refusals about Secure Key Release; all are 400 BadParameter. Key Vault numbers them,
 * Managed HSM sends the bare sentences.
 */
public enum SkrError {
  /** The API version is older than Secure Key Release. */
  NOT_SUPPORTED(
      1001,
      "The exportable attribute is only supported with premium vaults and API version '7.3-preview' or later."),
  /** Exportable without a policy. */
  POLICY_REQUIRED(1004, "Exportable keys must have release policy."),
  /** A policy without exportable. */
  POLICY_NOT_ALLOWED(1005, "Non-exportable keys must not have release policy."),
  /** Exportable and made in software. */
  SOFTWARE_KEY(1006, "Software keys cannot be exportable; use RSA-HSM or EC-HSM."),
  /** Exportable differs from the key's. */
  EXPORTABLE_FIXED(1014, "Cannot modify the exportable state of a key."),
  /** A policy sent to a version. */
  VERSIONLESS_ONLY(1016, "Key Release Policy can only be set on versionless key."),
  /** The policy is immutable. */
  POLICY_IMMUTABLE(1020, "Immutable Key Release Policy cannot be modified.");

  private final int number;
  private final String text;

  SkrError(int number, String text) {
    this.number = number;
    this.text = text;
  }

  /** The refusal. */
  public VaultRefusedException refusal() {
    return new VaultRefusedException(
        new Said(400, "BadParameter", "", OptionalInt.of(number), text));
  }
}
