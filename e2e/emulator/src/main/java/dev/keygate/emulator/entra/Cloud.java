package dev.keygate.emulator.entra;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Azure's clouds, which know nothing of each other. */
public enum Cloud {
  /** Everybody's. */
  PUBLIC("login.microsoftonline.com login.windows.net", "attest.azure.net", ""),
  /** The government's of the United States. */
  US_GOVERNMENT("login.microsoftonline.us", "attest.azure.us", "usgov"),
  /** Operated by 21Vianet. */
  CHINA("login.chinacloudapi.cn login.partner.microsoftonline.cn", "attest.azure.cn", "china");

  private final String loginHosts;
  private final String attestationSuffix;
  private final String locationPrefix;

  Cloud(String loginHosts, String attestationSuffix, String locationPrefix) {
    this.loginHosts = loginHosts;
    this.attestationSuffix = attestationSuffix;
    this.locationPrefix = locationPrefix;
  }

  /**
   * The cloud of an Azure region: {@code usgovvirginia}, {@code chinanorth3}, {@code westeurope}.
   */
  public static Cloud ofLocation(String location) {
    String lower = location.toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(cloud -> cloud != PUBLIC && lower.startsWith(cloud.locationPrefix))
        .findFirst()
        .orElse(PUBLIC);
  }

  /** The cloud whose login service answers at a host. */
  public static Optional<Cloud> ofLoginHost(String host) {
    return Arrays.stream(values())
        .filter(cloud -> cloud.loginHosts().contains(host.toLowerCase(Locale.ROOT)))
        .findFirst();
  }

  /** The hosts of its login service, the preferred one first. */
  public List<String> loginHosts() {
    return List.of(loginHosts.split(" ", -1));
  }

  /** The host of its login service that challenges name. */
  String challengeHost() {
    return this == PUBLIC ? "login.windows.net" : loginHosts().getFirst();
  }

  /** The cloud of an attestation provider. */
  public static Cloud ofAttestationHost(String host) {
    return Arrays.stream(values())
        .filter(cloud -> host.endsWith("." + cloud.attestationSuffix))
        .findFirst()
        .orElse(PUBLIC);
  }

  /** What hosts of attestation providers end with, without a leading dot. */
  public String attestationSuffix() {
    return attestationSuffix;
  }
}
