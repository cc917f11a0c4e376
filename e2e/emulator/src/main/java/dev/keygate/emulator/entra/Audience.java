package dev.keygate.emulator.entra;

import java.util.Arrays;
import java.util.Optional;

/** The resources that tokens can be had for. */
public enum Audience {
  /** Key Vault. */
  VAULT("https://vault.azure.net"),
  /** Managed HSM. */
  MANAGED_HSM("https://managedhsm.azure.net"),
  /** Azure Attestation's policy management. */
  ATTESTATION("https://attest.azure.net");

  private final String resource;

  Audience(String resource) {
    this.resource = resource;
  }

  /** What a token's {@code aud} says: no trailing slash. */
  public String resource() {
    return resource;
  }

  /** The resource of this address; one trailing slash is ignored. */
  public static Optional<Audience> find(String resource) {
    String bare = resource.endsWith("/") ? resource.substring(0, resource.length() - 1) : resource;
    return Arrays.stream(values()).filter(audience -> audience.resource.equals(bare)).findFirst();
  }
}
