package dev.keygate.emulator.maa.guest;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.json.Base64Text;
import dev.keygate.emulator.json.Json;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Seals a token to a key in the guest's TPM, so that only this guest can read it. */
public final class SealedToken {

  private static final int KEY_BYTES = 32;
  private static final int IV_BYTES = 12;
  private static final int TAG_BYTES = 16;
  private static final byte[] ASSOCIATED = "Transport Key".getBytes(US_ASCII);

  private final SecureRandom random;

  /**
   * @param random what keys and vectors are made of
   */
  public SealedToken(SecureRandom random) {
    this.random = random;
  }

  /** The value of {@code token}. */
  public String seal(String jwt, RSAPublicKey recipient) {
    byte[] key = new byte[KEY_BYTES];
    byte[] iv = new byte[IV_BYTES];
    random.nextBytes(key);
    random.nextBytes(iv);
    try {
      // The TPM decrypts with RSAES, which is PKCS #1 v1.5.
      Cipher rsa = Cipher.getInstance("RSA/ECB/PKCS1Padding");
      rsa.init(Cipher.ENCRYPT_MODE, recipient, random);
      Cipher gcm = Cipher.getInstance("AES/GCM/NoPadding");
      gcm.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(key, "AES"),
          new GCMParameterSpec(TAG_BYTES * 8, iv));
      gcm.updateAAD(ASSOCIATED);
      byte[] sealed = gcm.doFinal(jwt.getBytes(US_ASCII));
      return Base64Text.url(json(rsa.doFinal(key), iv, sealed).toString().getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM lacks RSA or AES-GCM", e);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private static ObjectNode json(byte[] wrappedKey, byte[] iv, byte[] sealed) {
    int length = sealed.length - TAG_BYTES;
    ObjectNode json = Json.object().put("EncryptedInnerKey", Base64Text.standard(wrappedKey));
    json.putObject("EncryptionParams")
        .put("BlockMode", "ChainingModeGCM")
        .put("BlockPadding", "PKCS7")
        .put("Cipher", "AES")
        .put("KeySizeInBits", KEY_BYTES * 8)
        .put("Iv", Base64Text.standard(iv));
    byte[] tag = Arrays.copyOfRange(sealed, length, sealed.length);
    json.put("AuthenticationData", Base64Text.standard(tag));
    return json.put("Jwt", Base64Text.standard(Arrays.copyOf(sealed, length)));
  }
}
