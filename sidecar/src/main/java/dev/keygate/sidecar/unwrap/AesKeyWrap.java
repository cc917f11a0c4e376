package dev.keygate.sidecar.unwrap;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.failure.RefusedException;
import dev.keygate.sidecar.secret.Purpose;
import dev.keygate.sidecar.secret.SecretBytes;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Cipher;
import javax.crypto.NoSuchPaddingException;
import javax.crypto.spec.SecretKeySpec;

/** AES key wrap with padding (RFC 5649). */
final class AesKeyWrap {

  private AesKeyWrap() {}

  /**
   * @param kek 16, 24 or 32 octets
   * @throws RefusedException {@code UnwrapFailed} if the integrity check of RFC 5649 §3 fails
   */
  static SecretBytes unwrap(SecretBytes kek, Bytes wrapped) throws RefusedException {
    return kek.reveal(Purpose.UNWRAP, octets -> unwrap(octets, wrapped));
  }

  private static SecretBytes unwrap(byte[] kek, Bytes wrapped) throws RefusedException {
    if (kek.length != 16 && kek.length != 24 && kek.length != 32) {
      throw Unwrapping.failed("what was encrypted for our transfer key is no AES key");
    }
    // The JDK computes with the size before it looks at it.
    if (wrapped.size() < WrappedKey.SMALLEST_MATERIAL_BYTES || wrapped.size() % 8 != 0) {
      throw Unwrapping.failed("its material does not have the size of a wrapped key");
    }
    try {
      Cipher cipher = Cipher.getInstance("AES/KWP/NoPadding");
      cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(kek, "AES"));
      return SecretBytes.takeOwnershipOf(cipher.doFinal(wrapped.toArray()));
    } catch (NoSuchAlgorithmException | NoSuchPaddingException absent) {
      throw new IllegalStateException("the Java runtime has no AES key wrap with padding", absent);
    } catch (GeneralSecurityException notWrappedWithIt) {
      throw Unwrapping.failed(
          "its material is not wrapped with the AES key that came along", notWrappedWithIt);
    }
  }
}
