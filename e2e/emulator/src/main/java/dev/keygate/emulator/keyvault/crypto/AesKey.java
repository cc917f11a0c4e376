package dev.keygate.emulator.keyvault.crypto;

import dev.keygate.emulator.keyvault.crypto.Algorithm.AesCipher;
import dev.keygate.evidence.bytes.Bytes;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES with a vault's key. In GCM the vault chooses the nonce, in CBC the caller. */
final class AesKey {

  private static final int BLOCK_BYTES = 16;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BYTES = 16;

  private final SecretKeySpec key;
  private final SecureRandom random;

  /**
   * What an encryption makes; empty octets where a mode has none.
   *
   * @param iv the nonce or initialization vector
   */
  record Sealed(Bytes ciphertext, Bytes iv, Bytes tag) {}

  AesKey(Bytes raw, SecureRandom random) {
    this.key = new SecretKeySpec(raw.toArray(), "AES");
    this.random = random;
  }

  Sealed encrypt(AesCipher scheme, CryptoRequest request) throws CryptoException {
    return switch (scheme.mode()) {
      case KW -> {
        requireWrappable(request.value());
        yield new Sealed(
            run(scheme, Cipher.ENCRYPT_MODE, request, Bytes.EMPTY), Bytes.EMPTY, Bytes.EMPTY);
      }
      case CBC, CBC_PAD -> {
        requireVector(request.iv());
        yield new Sealed(
            run(scheme, Cipher.ENCRYPT_MODE, request, Bytes.EMPTY), request.iv(), Bytes.EMPTY);
      }
      case GCM -> gcm(scheme, request);
    };
  }

  private Sealed gcm(AesCipher scheme, CryptoRequest request) throws CryptoException {
    if (!request.iv().isEmpty()) {
      throw new CryptoException("iv: the vault chooses it");
    }
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    CryptoRequest whole = request.withIv(Bytes.copyOf(nonce));
    byte[] both = run(scheme, Cipher.ENCRYPT_MODE, whole, Bytes.EMPTY).toArray();
    int end = both.length - TAG_BYTES;
    return new Sealed(
        Bytes.copyOf(Arrays.copyOf(both, end)),
        Bytes.copyOf(nonce),
        Bytes.copyOf(Arrays.copyOfRange(both, end, both.length)));
  }

  Bytes decrypt(AesCipher scheme, CryptoRequest request) throws CryptoException {
    switch (scheme.mode()) {
      case KW -> requireWrappable(request.value());
      case CBC, CBC_PAD -> requireVector(request.iv());
      case GCM -> {
        if (request.iv().size() != NONCE_BYTES || request.tag().size() != TAG_BYTES) {
          throw new CryptoException("iv and tag: 12 and 16 octets are expected");
        }
      }
    }
    return run(scheme, Cipher.DECRYPT_MODE, request, request.tag());
  }

  private static void requireWrappable(Bytes value) throws CryptoException {
    if (value.size() < BLOCK_BYTES || value.size() % 8 != 0) {
      throw new CryptoException("value: two or more blocks of 8 octets are expected");
    }
  }

  private static void requireVector(Bytes iv) throws CryptoException {
    if (iv.size() != BLOCK_BYTES) {
      throw new CryptoException("iv: 16 octets are expected");
    }
  }

  private Bytes run(AesCipher scheme, int mode, CryptoRequest request, Bytes tag)
      throws CryptoException {
    try {
      Cipher cipher = Cipher.getInstance(scheme.mode().transformation());
      switch (scheme.mode()) {
        case KW -> cipher.init(mode, key);
        case CBC, CBC_PAD -> cipher.init(mode, key, new IvParameterSpec(request.iv().toArray()));
        case GCM -> {
          cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * 8, request.iv().toArray()));
          cipher.updateAAD(request.aad().toArray());
        }
      }
      return Bytes.copyOf(cipher.doFinal(Bytes.concat(request.value(), tag).toArray()));
    } catch (BadPaddingException | IllegalBlockSizeException e) {
      throw new CryptoException("value: octets that fit the algorithm and this key are expected");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM lacks " + scheme.mode().transformation(), e);
    }
  }
}
