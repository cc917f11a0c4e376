package dev.keygate.emulator.platform.vtpm;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.tpm.TpmHandle;
import dev.keygate.evidence.tpm.TpmPublic;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;

/**
 * A primary RSA key with an empty password.
 *
 * @param area the public area, its modulus filled in
 * @param privateKey the private part
 * @param hierarchy the hierarchy it is a primary of
 */
public record TpmKey(TpmPublic area, RSAPrivateCrtKey privateKey, TpmHandle hierarchy) {

  static TpmKey of(TpmPublic template, RSAPrivateCrtKey privateKey, TpmHandle hierarchy) {
    Bytes modulus = unsigned(privateKey.getModulus(), template.parameters().keySizeBits() / 8);
    TpmPublic area =
        new TpmPublic(template.attributes(), template.authPolicy(), template.parameters(), modulus);
    return new TpmKey(area, privateKey, hierarchy);
  }

  /**
   * A key that was made from this template before.
   *
   * @param pkcs8 its private part
   * @throws IOException if that is no RSA key
   */
  public static TpmKey restore(TpmPublic template, TpmHandle hierarchy, Bytes pkcs8)
      throws IOException {
    try {
      PKCS8EncodedKeySpec encoded = new PKCS8EncodedKeySpec(pkcs8.toArray());
      return of(
          template,
          (RSAPrivateCrtKey) KeyFactory.getInstance("RSA").generatePrivate(encoded),
          hierarchy);
    } catch (GeneralSecurityException malformed) {
      throw new IOException(
          "The stored attestation key is no RSA key; delete the machine's folder", malformed);
    }
  }

  Bytes qualifiedName() {
    return area.qualifiedName(hierarchy);
  }

  private static Bytes unsigned(BigInteger number, int sizeBytes) {
    byte[] signed = number.toByteArray();
    return Bytes.copyOf(signed, signed.length - sizeBytes, sizeBytes);
  }

  /** The hierarchy and the public area; never the private part. */
  @Override
  public String toString() {
    return "TpmKey[" + hierarchy + ", " + area.name().hex() + "]";
  }
}
