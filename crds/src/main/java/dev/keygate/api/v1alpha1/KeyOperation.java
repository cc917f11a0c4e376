package dev.keygate.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a key may be used for. Release is no operation: it follows from the policy. */
public enum KeyOperation {
  /** Encrypt data. */
  @JsonProperty("encrypt")
  ENCRYPT("encrypt"),
  /** Decrypt data. */
  @JsonProperty("decrypt")
  DECRYPT("decrypt"),
  /** Sign. */
  @JsonProperty("sign")
  SIGN("sign"),
  /** Verify signatures. */
  @JsonProperty("verify")
  VERIFY("verify"),
  /** Wrap keys. */
  @JsonProperty("wrapKey")
  WRAP_KEY("wrapKey"),
  /** Unwrap keys. */
  @JsonProperty("unwrapKey")
  UNWRAP_KEY("unwrapKey");

  private final String wireName;

  KeyOperation(String wireName) {
    this.wireName = wireName;
  }

  /** The {@code key_ops} element of the vault's API, which the manifest uses as well. */
  public String wireName() {
    return wireName;
  }
}
