package dev.keygate.cluster;

/**
 * A token that the API server signed for a ServiceAccount.
 *
 * @param compact the compact JWS; a credential
 */
public record ServiceAccountToken(String compact) {

  public ServiceAccountToken {
    if (compact.isBlank()) {
      throw new IllegalArgumentException("the token is blank");
    }
  }

  /** Hides the token. */
  @Override
  public String toString() {
    return "ServiceAccountToken[…]";
  }
}
