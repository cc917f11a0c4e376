package dev.keygate.sidecar;

import java.util.List;
import java.util.Optional;

/** A call that a release makes of somebody else, and how the lab is told to disturb it. */
enum FaultCall {
  HOST_COLLATERAL("collateral from the host (THIM over IMDS)", "imds.healthy", "/metadata/THIM/.*"),
  REGION_COLLATERAL("collateral from THIM's regional cache", "global.acccache.azure.net", ".*"),
  MANAGED_IDENTITY(
      "access token of a managed identity (IMDS)", "imds.healthy", "/metadata/identity/.*"),
  WORKLOAD_IDENTITY(
      "access token of a workload identity (Entra)",
      "login.microsoftonline.com",
      ".*/oauth2/v2.0/token"),
  ATTEST("attestation, one authority pinned", "sharedweu.weu.attest.azure.net", "/attest/.*"),
  ATTEST_WITH_ANOTHER(
      "attestation, another authority pinned", "sharedweu.weu.attest.azure.net", "/attest/.*"),
  ISSUER_KEYS("the authority's keys", "sharedweu.weu.attest.azure.net", "/certs"),
  VAULT_RELEASE("release by Key Vault", "contoso.vault.azure.net", ".*/release"),
  HSM_RELEASE("release by Managed HSM", "treasury.managedhsm.azure.net", ".*/release");

  private final String title;
  private final String host;
  private final String path;

  FaultCall(String title, String host, String path) {
    this.title = title;
    this.host = host;
    this.path = path;
  }

  String title() {
    return title;
  }

  String host() {
    return host;
  }

  String path() {
    return path;
  }

  /** On a machine whose host has the endorsement of another TCB, the regional cache is asked. */
  String machine() {
    return this == REGION_COLLATERAL ? "stale" : "healthy";
  }

  String[] authorities() {
    return this == ATTEST_WITH_ANOTHER
        ? new String[] {TestLab.MAA, TestLab.OTHER_MAA}
        : new String[] {TestLab.MAA};
  }

  /** The host that is asked when this call is in vain. */
  Optional<String> otherHost() {
    return switch (this) {
      case HOST_COLLATERAL -> Optional.of(REGION_COLLATERAL.host);
      case ATTEST_WITH_ANOTHER -> Optional.of(TestLab.OTHER_MAA.substring("https://".length()));
      case REGION_COLLATERAL,
          MANAGED_IDENTITY,
          WORKLOAD_IDENTITY,
          ATTEST,
          ISSUER_KEYS,
          VAULT_RELEASE,
          HSM_RELEASE ->
          Optional.empty();
    };
  }

  private String vault() {
    return this == HSM_RELEASE ? TestLab.HSM : TestLab.VAULT;
  }

  /** Only one of the keys takes tokens of two authorities. */
  String key() {
    return vault() + (this == ATTEST_WITH_ANOTHER ? "/keys/either" : "/keys/session");
  }

  /** Whether the call goes over TLS. */
  boolean isTls() {
    return !host.startsWith("imds.");
  }

  /** Whether what is asked for differs each time, so that an earlier answer can be told. */
  boolean hasNonce() {
    return List.of(ATTEST, ATTEST_WITH_ANOTHER, VAULT_RELEASE, HSM_RELEASE).contains(this);
  }
}
