package dev.keygate.emulator.platform.vtpm;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.tpm.TpmHandle;
import dev.keygate.evidence.tpm.TpmPublic;
import java.math.BigInteger;
import java.security.interfaces.RSAPrivateCrtKey;

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
