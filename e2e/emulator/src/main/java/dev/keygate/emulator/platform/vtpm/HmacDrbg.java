package dev.keygate.emulator.platform.vtpm;

import dev.keygate.evidence.bytes.Bytes;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC_DRBG with SHA-256 (NIST SP 800-90A §10.1.2) without reseeding: the same seed gives the same
 * bytes, on every machine and in every version. Not safe for use by several threads.
 */
final class HmacDrbg {

  private static final String HMAC = "HmacSHA256";
  private static final int OUTPUT_BYTES = 32;

  private byte[] key = new byte[OUTPUT_BYTES];
  private byte[] value = new byte[OUTPUT_BYTES];

  HmacDrbg(Bytes seed) {
    Arrays.fill(value, (byte) 1);
    update(seed.toArray());
  }

  byte[] generate(int sizeBytes) {
    byte[] output = new byte[sizeBytes];
    for (int filled = 0; filled < sizeBytes; filled += OUTPUT_BYTES) {
      value = hmac(key, value);
      System.arraycopy(value, 0, output, filled, Math.min(OUTPUT_BYTES, sizeBytes - filled));
    }
    update(new byte[0]);
    return output;
  }

  private void update(byte[] provided) {
    key = hmac(key, value, new byte[] {0}, provided);
    value = hmac(key, value);
    if (provided.length > 0) {
      key = hmac(key, value, new byte[] {1}, provided);
      value = hmac(key, value);
    }
  }

  private static byte[] hmac(byte[] key, byte[]... parts) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException absent) {
      throw new IllegalStateException("the Java runtime has no " + HMAC, absent);
    }
  }
}
