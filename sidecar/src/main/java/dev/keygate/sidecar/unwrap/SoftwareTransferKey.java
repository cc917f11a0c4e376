package dev.keygate.sidecar.unwrap;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.failure.RefusedException;
import dev.keygate.sidecar.secret.SecretBytes;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPrivateKey;
import javax.crypto.Cipher;
import javax.crypto.NoSuchPaddingException;

/** A transfer key in this process, for guests whose evidence takes any public key. */
public final class SoftwareTransferKey implements TransferKey {

  private final RSAPrivateKey key;

  /** The key stays on the heap as long as the JDK keeps it there. */
  public SoftwareTransferKey(RSAPrivateKey key) {
    this.key = key;
  }

  @Override
  public int modulusBytes() {
    return (key.getModulus().bitLength() + 7) / 8;
  }

  @Override
  public SecretBytes decrypt(KeyEncryption encryption, Bytes ciphertext) throws RefusedException {
    try {
      Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
      cipher.init(Cipher.DECRYPT_MODE, key, encryption.oaepParameters());
      return SecretBytes.takeOwnershipOf(cipher.doFinal(ciphertext.toArray()));
    } catch (NoSuchAlgorithmException | NoSuchPaddingException absent) {
      throw new IllegalStateException("the Java runtime has no RSA-OAEP", absent);
    } catch (GeneralSecurityException notForThisKey) {
      throw Unwrapping.failed("its AES key is not encrypted for our transfer key", notForThisKey);
    }
  }
}
