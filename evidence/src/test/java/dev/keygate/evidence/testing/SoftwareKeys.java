package dev.keygate.evidence.testing;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;

/** Makes the key pairs of the software platform. */
final class SoftwareKeys {

  private SoftwareKeys() {}

  static KeyPair rsa(int keySizeBits, SecureRandom random) {
    return generate(
        "RSA", new RSAKeyGenParameterSpec(keySizeBits, RSAKeyGenParameterSpec.F4), random);
  }

  static KeyPair ec(String curve, SecureRandom random) {
    return generate("EC", new ECGenParameterSpec(curve), random);
  }

  /** The same key for the same seed, which nobody else may know. */
  static KeyPair ec(String curve, byte[] seed) {
    try {
      // Of all of the JDK's generators this one is a function of what it is seeded with.
      SecureRandom derived = SecureRandom.getInstance("SHA1PRNG");
      derived.setSeed(seed);
      return ec(curve, derived);
    } catch (GeneralSecurityException absent) {
      throw new IllegalStateException("the Java runtime has no SHA1PRNG", absent);
    }
  }

  private static KeyPair generate(
      String algorithm, AlgorithmParameterSpec parameters, SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(parameters, random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException absent) {
      throw new IllegalStateException("the Java runtime has no keys of kind " + algorithm, absent);
    }
  }
}
