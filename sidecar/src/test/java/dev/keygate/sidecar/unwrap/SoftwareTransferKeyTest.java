package dev.keygate.sidecar.unwrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.sidecar.secret.Purpose;
import dev.keygate.sidecar.secret.SecretBytes;
import dev.keygate.sidecar.testing.Keys;
import dev.keygate.sidecar.testing.WrappedMaterial;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SoftwareTransferKeyTest {

  private final SoftwareTransferKey key = new SoftwareTransferKey(Keys.privateKey(Keys.TRANSFER));

  @ParameterizedTest
  @CsvSource({
    "CKM_RSA_AES_KEY_WRAP, SHA-1",
    "RSA_AES_KEY_WRAP_256, SHA-256",
    "RSA_AES_KEY_WRAP_384, SHA-384"
  })
  void opensWhatIsEncryptedWithTheHashOfTheEncryption(KeyEncryption encryption, String hash)
      throws RefusedException {
    Bytes ciphertext = encrypt(hash, hash);

    try (SecretBytes opened = key.decrypt(encryption, ciphertext)) {
      assertThat(opened.reveal(Purpose.VERIFY, byte[]::clone)).isEqualTo(WrappedMaterial.aesKey());
    }
  }

  /** The JDK's own defaults mix two hashes; accepting that would accept no vault's answer. */
  @ParameterizedTest
  @CsvSource({
    "RSA_AES_KEY_WRAP_256, SHA-256, SHA-1",
    "RSA_AES_KEY_WRAP_256, SHA-1, SHA-1",
    "RSA_AES_KEY_WRAP_384, SHA-384, SHA-1",
    "RSA_AES_KEY_WRAP_384, SHA-256, SHA-256",
    "CKM_RSA_AES_KEY_WRAP, SHA-256, SHA-256"
  })
  void refusesOtherHashes(KeyEncryption encryption, String hash, String mgfHash) {
    refuses(encryption, encrypt(hash, mgfHash));
  }

  @Tag("rival-16")
  @ParameterizedTest
  @CsvSource({"0", "1", "255", "257"})
  void refusesCiphertextsOfAnotherSize(int size) {
    refuses(KeyEncryption.RSA_AES_KEY_WRAP_256, Bytes.zeros(size));
  }

  private void refuses(KeyEncryption encryption, Bytes ciphertext) {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> key.decrypt(encryption, ciphertext))
        .returns(Reason.UnwrapFailed, RefusedException::reason);
  }

  private static Bytes encrypt(String hash, String mgfHash) {
    return Bytes.copyOf(
        WrappedMaterial.oaep(
            hash, mgfHash, Keys.publicKey(Keys.TRANSFER), WrappedMaterial.aesKey()));
  }
}
