package dev.keygate.azure.keyvault;

/**
 * A key's release policy as the vault holds it.
 *
 * @param json the policy in the vault's grammar; a vault writes it back in a spelling of its own
 * @param mutability whether it can still be changed
 */
public record VaultReleasePolicy(String json, Mutability mutability) {

  /** Whether a policy can still be changed. */
  public enum Mutability {
    /** It can. */
    MUTABLE,
    /** It cannot, ever. */
    IMMUTABLE
  }
}
