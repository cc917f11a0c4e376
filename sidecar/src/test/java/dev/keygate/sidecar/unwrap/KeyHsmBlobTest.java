package dev.keygate.sidecar.unwrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.sidecar.testing.EnvelopeDraft;
import dev.keygate.sidecar.testing.Jws;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyHsmBlobTest {

  @Test
  void readsWhatVaultsWrite() throws RefusedException {
    KeyHsmBlob blob = KeyHsmBlob.parse(blob("1.0", "dir", "RSA_AES_KEY_WRAP_256", "AQID"));

    assertThat(blob.encryption()).isEqualTo(KeyEncryption.RSA_AES_KEY_WRAP_256);
    assertThat(blob.ciphertext()).isEqualTo(Bytes.fromHex("010203"));
  }

  static Stream<String> malformed() {
    return Stream.of(
        "",
        "not base64!",
        Jws.base64Url("[]"),
        Jws.base64Url("{}"),
        Jws.base64Url("{\"schema_version\":\"1.0\"}"),
        Jws.base64Url("{\"schema_version\":1.0,\"header\":{},\"ciphertext\":\"\"}"),
        blob("2.0", "dir", "RSA_AES_KEY_WRAP_256", "AQID"),
        blob("1.0", "RSA-OAEP", "RSA_AES_KEY_WRAP_256", "AQID"),
        blob("1.0", "dir", "RSA_AES_KEY_WRAP_512", "AQID"),
        blob("1.0", "dir", "rsa_aes_key_wrap_256", "AQID"),
        blob("1.0", "dir", "RSA_AES_KEY_WRAP_256", "AQI="),
        blob("1.0", "dir", "RSA_AES_KEY_WRAP_256", "+/+/"),
        blob("1.0", "dir", "RSA_AES_KEY_WRAP_256", "AQID") + "=",
        "A".repeat(17_000));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void refusesEverythingElse(String keyHsm) {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> KeyHsmBlob.parse(keyHsm))
        .returns(Reason.UnwrapFailed, RefusedException::reason);
  }

  @Test
  void splitsAtTheModulus() throws RefusedException {
    WrappedKey wrapped = blobOf(256 + 40).splitAt(256);

    assertThat(wrapped.wrappedAesKey().size()).isEqualTo(256);
    assertThat(wrapped.wrappedMaterial().size()).isEqualTo(40);
  }

  /** The client that this replaces crashed on a ciphertext shorter than the modulus. */
  @Tag("rival-16")
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 255, 256, 257, 256 + 8, 256 + 15, 256 + 17, 256 + 41})
  void refusesToSplitOffWhatCannotBeAKey(int size) {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> blobOf(size).splitAt(256))
        .returns(Reason.UnwrapFailed, RefusedException::reason);
  }

  private static KeyHsmBlob blobOf(int size) {
    return new KeyHsmBlob(KeyEncryption.RSA_AES_KEY_WRAP_256, Bytes.zeros(size));
  }

  private static String blob(String schema, String alg, String enc, String ciphertext) {
    return EnvelopeDraft.keyHsm(schema, alg, enc, ciphertext);
  }
}
