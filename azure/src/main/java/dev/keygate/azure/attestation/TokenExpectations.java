package dev.keygate.azure.attestation;

import java.math.BigInteger;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;

/**
 * What a token for this guest and this moment says.
 *
 * @param nonce the text that was sent as client payload {@code nonce}, before encoding
 * @param transferKey the key that was certified in the evidence
 * @param now the time at which the token must be in force
 * @param skew by how much the authority's clock may differ; up to 60 s
 */
public record TokenExpectations(
    String nonce, TransferPublicKey transferKey, Instant now, Duration skew) {

  /** The largest difference of clocks that is tolerated. */
  public static final Duration LARGEST_SKEW = Duration.ofSeconds(60);

  /**
   * Expects this nonce and key now, with the largest skew.
   *
   * @param transferKey the key that was certified in the evidence
   */
  public static TokenExpectations of(String nonce, RSAPublicKey transferKey, Instant now) {
    return new TokenExpectations(
        nonce,
        new TransferPublicKey(transferKey.getModulus(), transferKey.getPublicExponent()),
        now,
        LARGEST_SKEW);
  }

  /** Checks that a nonce is expected at all, and the skew. */
  public TokenExpectations {
    if (nonce.isEmpty() || skew.isNegative() || skew.compareTo(LARGEST_SKEW) > 0) {
      throw new IllegalArgumentException("a nonce, and a skew of up to 60 s, must be expected");
    }
  }

  /**
   * The public half of an RSA key.
   *
   * @param modulus positive
   * @param exponent positive
   */
  public record TransferPublicKey(BigInteger modulus, BigInteger exponent) {}
}
