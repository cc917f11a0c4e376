package dev.keygate.endpoint;

/** The two services that release keys; they differ in audience, limits and permission model. */
public enum VaultKind {
  /** Azure Key Vault; releases keys in its Premium tier. */
  VAULT,
  /** Azure Key Vault Managed HSM. */
  MANAGED_HSM
}
