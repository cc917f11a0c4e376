package dev.keygate.emulator.keyvault.change;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keygate.emulator.json.Base64Text;
import dev.keygate.emulator.json.MalformedTextException;
import dev.keygate.emulator.state.LabState;
import dev.keygate.evidence.bytes.Bytes;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals copies of keys (AES-256-GCM), so that only vaults of the same lab can read them. Safe for
 * use by several threads.
 */
public final class BackupSeal {

  private static final String FILE = "backup-seal.txt";
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final Bytes key;
  private final SecureRandom random;

  private BackupSeal(Bytes key, SecureRandom random) {
    this.key = key;
    this.random = random;
  }

  /** The seal of a lab, made when it is first asked for. */
  public static BackupSeal open(LabState state, SecureRandom random) {
    Optional<String> kept = state.read(FILE);
    if (kept.isPresent()) {
      try {
        return new BackupSeal(Bytes.copyOf(Base64Text.decode(kept.get().trim())), random);
      } catch (MalformedTextException e) {
        throw new IllegalStateException("the state's " + FILE + " is damaged; remove it", e);
      }
    }
    byte[] fresh = new byte[KEY_BYTES];
    random.nextBytes(fresh);
    state.write(FILE, Base64Text.standard(fresh));
    return new BackupSeal(Bytes.copyOf(fresh), random);
  }

  /**
   * A sealed text.
   *
   * @param scope where alone it can be opened
   */
  String seal(String text, String scope) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, scope).doFinal(text.getBytes(UTF_8));
      return Base64Text.url(Bytes.concat(Bytes.copyOf(nonce), Bytes.copyOf(sealed)).toArray());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM lacks AES-GCM", e);
    }
  }

  /**
   * The text that was sealed for this scope.
   *
   * @throws MalformedTextException if it was not
   */
  String open(String sealed, String scope) throws MalformedTextException {
    byte[] all = Base64Text.decode(sealed);
    if (all.length <= NONCE_BYTES + TAG_BITS / 8) {
      throw new MalformedTextException("a sealed copy is expected");
    }
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(all, NONCE_BYTES), scope);
      return new String(cipher.doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES), UTF_8);
    } catch (AEADBadTagException e) {
      throw new MalformedTextException("a sealed copy is expected");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM lacks AES-GCM", e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, String scope) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        mode, new SecretKeySpec(key.toArray(), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(scope.getBytes(UTF_8));
    return cipher;
  }
}
