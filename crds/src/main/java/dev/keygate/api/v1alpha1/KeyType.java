package dev.keygate.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Types of keys that a vault can release. */
public enum KeyType {
  /** RSA in an HSM. */
  @JsonProperty("RSA-HSM")
  RSA_HSM("RSA-HSM"),
  /** Elliptic curve in an HSM. */
  @JsonProperty("EC-HSM")
  EC_HSM("EC-HSM"),
  /** Symmetric (AES) in an HSM. */
  @JsonProperty("oct-HSM")
  OCT_HSM("oct-HSM");

  private final String wireName;

  KeyType(String wireName) {
    this.wireName = wireName;
  }

  /** The {@code kty} of the vault's API, which the manifest uses as well. */
  public String wireName() {
    return wireName;
  }
}
