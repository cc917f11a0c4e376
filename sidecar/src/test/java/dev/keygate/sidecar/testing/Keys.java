package dev.keygate.sidecar.testing;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;

/** Key pairs that are made once: making RSA keys is what tests wait for. */
public final class Keys {

  /** The transfer key. */
  public static final KeyPair TRANSFER = rsa();

  /** The key that vaults release. */
  public static final KeyPair TARGET = rsa();

  /** Of whoever is not meant. */
  public static final KeyPair OTHER = rsa();

  private Keys() {}

  /** The public half. */
  public static RSAPublicKey publicKey(KeyPair pair) {
    return (RSAPublicKey) pair.getPublic();
  }

  /** The private half. */
  public static RSAPrivateKey privateKey(KeyPair pair) {
    return (RSAPrivateKey) pair.getPrivate();
  }

  /** A new pair on a curve that the JDK knows. */
  public static KeyPair ec(String jdkName) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(jdkName));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair rsa() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
