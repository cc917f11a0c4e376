package dev.keygate.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Curves of EC-HSM keys. */
public enum KeyCurve {
  /** NIST P-256. */
  @JsonProperty("P-256")
  P_256("P-256"),
  /** SECG secp256k1. */
  @JsonProperty("P-256K")
  P_256K("P-256K"),
  /** NIST P-384. */
  @JsonProperty("P-384")
  P_384("P-384"),
  /** NIST P-521. */
  @JsonProperty("P-521")
  P_521("P-521");

  private final String wireName;

  KeyCurve(String wireName) {
    this.wireName = wireName;
  }

  /** The {@code crv} of the vault's API, which the manifest uses as well. */
  public String wireName() {
    return wireName;
  }
}
