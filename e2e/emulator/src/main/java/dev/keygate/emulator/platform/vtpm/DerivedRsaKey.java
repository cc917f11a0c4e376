package dev.keygate.emulator.platform.vtpm;

import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.RSAPrivateCrtKeySpec;

/** Makes RSA-2048 keys from a deterministic generator: the same generator state, the same key. */
final class DerivedRsaKey {

  private static final int PRIME_BITS = 1024;
  private static final BigInteger EXPONENT = BigInteger.valueOf(65537);

  private DerivedRsaKey() {}

  static RSAPrivateCrtKey derive(HmacDrbg drbg) {
    BigInteger p = prime(drbg);
    BigInteger q = prime(drbg);
    while (p.equals(q)) {
      q = prime(drbg);
    }
    BigInteger p1 = p.subtract(BigInteger.ONE);
    BigInteger q1 = q.subtract(BigInteger.ONE);
    BigInteger d = EXPONENT.modInverse(p1.multiply(q1));
    return key(
        new RSAPrivateCrtKeySpec(
            p.multiply(q), EXPONENT, d, p, q, d.mod(p1), d.mod(q1), q.modInverse(p)));
  }

  /**
   * The first prime behind a random odd number whose two top bits are set, so that a product of two
   * has 2048 bits. Which prime that is depends on the number alone.
   */
  private static BigInteger prime(HmacDrbg drbg) {
    while (true) {
      BigInteger start =
          new BigInteger(1, drbg.generate(PRIME_BITS / 8))
              .setBit(PRIME_BITS - 1)
              .setBit(PRIME_BITS - 2);
      BigInteger prime = start.nextProbablePrime();
      boolean coprime = prime.subtract(BigInteger.ONE).gcd(EXPONENT).equals(BigInteger.ONE);
      if (prime.bitLength() == PRIME_BITS && coprime) {
        return prime;
      }
    }
  }

  private static RSAPrivateCrtKey key(RSAPrivateCrtKeySpec spec) {
    try {
      return (RSAPrivateCrtKey) KeyFactory.getInstance("RSA").generatePrivate(spec);
    } catch (NoSuchAlgorithmException | InvalidKeySpecException impossible) {
      throw new IllegalStateException("the Java runtime refuses an RSA key", impossible);
    }
  }
}
