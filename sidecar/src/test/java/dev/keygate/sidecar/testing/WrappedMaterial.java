package dev.keygate.sidecar.testing;

import java.security.GeneralSecurityException;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;

/** Wraps as a vault does. */
public final class WrappedMaterial {

  /** The AES key that material is wrapped with. */
  private static final byte[] AES_KEY = new byte[32];

  static {
    for (int i = 0; i < AES_KEY.length; i++) {
      AES_KEY[i] = (byte) (i * 7 + 1);
    }
  }

  private WrappedMaterial() {}

  /** A copy of the AES key. */
  public static byte[] aesKey() {
    return AES_KEY.clone();
  }

  /** OAEP of the AES key, then AES-KWP of the material. */
  public static byte[] ciphertext(String enc, RSAPublicKey transferKey, byte[] material) {
    byte[] first = oaep(hash(enc), transferKey, AES_KEY);
    byte[] second = wrap(AES_KEY, material);
    byte[] whole = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, whole, first.length, second.length);
    return whole;
  }

  /** RFC 5649. */
  public static byte[] wrap(byte[] kek, byte[] material) {
    try {
      Cipher cipher = Cipher.getInstance("AES/KWP/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(kek, "AES"));
      return cipher.doFinal(material);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** OAEP with one hash for both of its places. */
  public static byte[] oaep(String hash, RSAPublicKey key, byte[] plaintext) {
    return oaep(hash, hash, key, plaintext);
  }

  /** OAEP with a hash for each of its places. */
  public static byte[] oaep(String hash, String mgfHash, RSAPublicKey key, byte[] plaintext) {
    try {
      Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          key,
          new OAEPParameterSpec(
              hash, "MGF1", new MGF1ParameterSpec(mgfHash), PSource.PSpecified.DEFAULT));
      return cipher.doFinal(plaintext);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String hash(String enc) {
    return switch (enc) {
      case "CKM_RSA_AES_KEY_WRAP" -> "SHA-1";
      case "RSA_AES_KEY_WRAP_256" -> "SHA-256";
      default -> "SHA-384";
    };
  }
}
