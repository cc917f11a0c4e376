package dev.keygate.endpoint;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The DNS suffixes under which Azure's clouds serve vaults; everything else is no vault. */
enum VaultSuffix {
  PUBLIC_VAULT("vault.azure.net", VaultKind.VAULT),
  PUBLIC_MANAGED_HSM("managedhsm.azure.net", VaultKind.MANAGED_HSM),
  CHINA_VAULT("vault.azure.cn", VaultKind.VAULT),
  CHINA_MANAGED_HSM("managedhsm.azure.cn", VaultKind.MANAGED_HSM),
  US_GOVERNMENT_VAULT("vault.usgovcloudapi.net", VaultKind.VAULT),
  US_GOVERNMENT_MANAGED_HSM("managedhsm.usgovcloudapi.net", VaultKind.MANAGED_HSM);

  private final String domain;
  private final VaultKind kind;

  VaultSuffix(String domain, VaultKind kind) {
    this.domain = domain;
    this.kind = kind;
  }

  String domain() {
    return domain;
  }

  VaultKind kind() {
    return kind;
  }

  static Optional<VaultSuffix> of(String hostName) {
    return Arrays.stream(values()).filter(s -> hostName.endsWith("." + s.domain)).findFirst();
  }

  static String domains() {
    return Arrays.stream(values()).map(VaultSuffix::domain).collect(Collectors.joining(", "));
  }
}
