package dev.keygate.azure.keyvault;

import java.util.OptionalInt;

/** What kind of key it is; cannot change once the key exists. */
public sealed interface KeyShape {

  /** The wire's {@code kty}, such as {@code RSA-HSM}. */
  String kty();

  /**
   * An RSA key.
   *
   * @param kty {@code RSA-HSM}, or {@code RSA} for one that is not exportable
   * @param sizeBits of the modulus
   */
  record Rsa(String kty, int sizeBits) implements KeyShape {}

  /**
   * An elliptic-curve key.
   *
   * @param kty {@code EC-HSM}, or {@code EC} for one that is not exportable
   * @param curve the wire's {@code crv}, such as {@code P-256K}
   */
  record Ec(String kty, String curve) implements KeyShape {}

  /**
   * A symmetric key.
   *
   * @param kty {@code oct-HSM} or {@code oct}
   * @param sizeBits empty where the vault does not tell
   */
  record Oct(String kty, OptionalInt sizeBits) implements KeyShape {}
}
