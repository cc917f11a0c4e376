package dev.keygate.emulator.keyvault.release;

import dev.keygate.evidence.bytes.Bytes;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.spec.MGF1ParameterSpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;

/**
 * CKM_RSA_AES_KEY_WRAP: a fresh AES-256 key by RSA-OAEP with an empty label, then the material by
 * AES key wrap with padding (RFC 5649).
 */
final class KeyWrapping {

  private static final int AES_BYTES = 32;

  private final SecureRandom random;

  KeyWrapping(SecureRandom random) {
    this.random = random;
  }

  /** The wrapped AES key, as long as the RSA modulus, followed by the wrapped material. */
  Bytes wrap(Bytes material, EnvironmentKey target, WrapAlgorithm algorithm) {
    byte[] aes = new byte[AES_BYTES];
    random.nextBytes(aes);
    try {
      Cipher rsa = Cipher.getInstance("RSA/ECB/OAEPPadding");
      rsa.init(Cipher.ENCRYPT_MODE, target.key(), oaep(algorithm), random);
      Cipher kwp = Cipher.getInstance("AES/KWP/NoPadding");
      kwp.init(Cipher.WRAP_MODE, new SecretKeySpec(aes, "AES"));
      byte[] wrapped = kwp.wrap(new SecretKeySpec(material.toArray(), "RAW"));
      return Bytes.concat(Bytes.copyOf(rsa.doFinal(aes)), Bytes.copyOf(wrapped));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM lacks RSA-OAEP or AES-KWP", e);
    } finally {
      Arrays.fill(aes, (byte) 0);
    }
  }

  private static OAEPParameterSpec oaep(WrapAlgorithm algorithm) {
    return new OAEPParameterSpec(
        algorithm.digest(),
        "MGF1",
        new MGF1ParameterSpec(algorithm.digest()),
        PSource.PSpecified.DEFAULT);
  }
}
