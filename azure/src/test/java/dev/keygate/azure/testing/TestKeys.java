package dev.keygate.azure.testing;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;

/** Keys that tests share, since making RSA keys is slow. */
public final class TestKeys {

  /** RSA, 2048 bits. */
  public static final KeyPair RSA = generate("RSA", 2048);

  /** Another one. */
  public static final KeyPair OTHER_RSA = generate("RSA", 2048);

  private TestKeys() {}

  /** A fresh key on P-256, which is fast. */
  public static KeyPair ec() {
    return generate("EC", 256);
  }

  /** A fresh RSA key of a size too small to be trusted. */
  public static KeyPair weakRsa() {
    return generate("RSA", 1024);
  }

  private static KeyPair generate(String algorithm, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException absent) {
      throw new IllegalStateException(absent);
    }
  }
}
