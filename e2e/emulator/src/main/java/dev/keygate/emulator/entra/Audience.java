package dev.keygate.emulator.entra;

import dev.keygate.endpoint.VaultHost;
import dev.keygate.endpoint.VaultKind;
import java.util.Arrays;
import java.util.Optional;

/** The resources that tokens can be had for, in each cloud. */
public enum Audience {
  /** Key Vault. */
  VAULT(Cloud.PUBLIC, "https://vault.azure.net"),
  /** Managed HSM. */
  MANAGED_HSM(Cloud.PUBLIC, "https://managedhsm.azure.net"),
  /** Azure Attestation's policy management. */
  ATTESTATION(Cloud.PUBLIC, "https://attest.azure.net"),
  US_GOVERNMENT_VAULT(Cloud.US_GOVERNMENT, "https://vault.usgovcloudapi.net"),
  US_GOVERNMENT_MANAGED_HSM(Cloud.US_GOVERNMENT, "https://managedhsm.usgovcloudapi.net"),
  US_GOVERNMENT_ATTESTATION(Cloud.US_GOVERNMENT, "https://attest.azure.us"),
  CHINA_VAULT(Cloud.CHINA, "https://vault.azure.cn"),
  CHINA_MANAGED_HSM(Cloud.CHINA, "https://managedhsm.azure.cn"),
  CHINA_ATTESTATION(Cloud.CHINA, "https://attest.azure.cn");

  private static final String SCHEME = "https://";

  private final Cloud cloud;
  private final String resource;

  Audience(Cloud cloud, String resource) {
    this.cloud = cloud;
    this.resource = resource;
  }

  /** What a token's {@code aud} says: no trailing slash. */
  public String resource() {
    return resource;
  }

  /** What the hosts of a vault's kind end with, without a leading dot. */
  public String hostSuffix() {
    return resource.substring(SCHEME.length());
  }

  Cloud cloud() {
    return cloud;
  }

  /** The cloud's resource of this address; one trailing slash is ignored. */
  public static Optional<Audience> find(Cloud cloud, String resource) {
    String bare = resource.endsWith("/") ? resource.substring(0, resource.length() - 1) : resource;
    return Arrays.stream(values())
        .filter(audience -> audience.cloud == cloud && audience.resource.equals(bare))
        .findFirst();
  }

  /** The resource that a vault's callers need a token for. */
  public static Audience of(VaultHost vault) {
    return Arrays.stream(values())
        .filter(audience -> audience.resource.equals(vault.audience()))
        .findFirst()
        .orElseThrow();
  }

  /** A cloud's resource for vaults of a kind. */
  public static Audience keysOf(Cloud cloud, VaultKind kind) {
    return switch (kind) {
      case VAULT ->
          switch (cloud) {
            case PUBLIC -> VAULT;
            case US_GOVERNMENT -> US_GOVERNMENT_VAULT;
            case CHINA -> CHINA_VAULT;
          };
      case MANAGED_HSM ->
          switch (cloud) {
            case PUBLIC -> MANAGED_HSM;
            case US_GOVERNMENT -> US_GOVERNMENT_MANAGED_HSM;
            case CHINA -> CHINA_MANAGED_HSM;
          };
    };
  }

  /** A cloud's resource for the management of attestation policies. */
  public static Audience attestationOf(Cloud cloud) {
    return switch (cloud) {
      case PUBLIC -> ATTESTATION;
      case US_GOVERNMENT -> US_GOVERNMENT_ATTESTATION;
      case CHINA -> CHINA_ATTESTATION;
    };
  }
}
