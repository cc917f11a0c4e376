package dev.keygate.sidecar.unwrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.sidecar.secret.Purpose;
import dev.keygate.sidecar.secret.SecretBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AesKeyWrapTest {

  private static final String KEK = "5840df6e29b02af1ab493b705bf16ea1ae8338f4dcc176a8";

  /** RFC 5649 §6. */
  @ParameterizedTest
  @CsvSource({
    "138bdeaa9b8fa7fc61f97742e72248ee5ae6ae5360d1ae6a5f54f373fa543b6a,"
        + "c37b7e6492584340bed12207808941155068f738",
    "afbeb0f07dfbf5419200f2ccb50bb24f,466f7250617369"
  })
  void unwrapsThePublishedVectors(String wrapped, String key) throws RefusedException {
    assertThat(unwrap(KEK, wrapped)).isEqualTo(Bytes.fromHex(key));
  }

  @Test
  void refusesEveryFlippedBit() {
    byte[] wrapped = Bytes.fromHex("afbeb0f07dfbf5419200f2ccb50bb24f").toArray();
    for (int bit = 0; bit < wrapped.length * 8; bit++) {
      byte[] flipped = wrapped.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      refuses(KEK, Bytes.copyOf(flipped).hex());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "afbeb0f07dfbf541", "afbeb0f07dfbf5419200f2ccb50bb2", "00"})
  void refusesOtherSizes(String wrapped) {
    refuses(KEK, wrapped);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "00", "000102030405060708090a0b0c0d0e"})
  void refusesWhatIsNoAesKey(String kek) {
    refuses(kek, "afbeb0f07dfbf5419200f2ccb50bb24f");
  }

  private static void refuses(String kek, String wrapped) {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> unwrap(kek, wrapped))
        .returns(Reason.UnwrapFailed, RefusedException::reason);
  }

  private static Bytes unwrap(String kek, String wrapped) throws RefusedException {
    try (SecretBytes key = SecretBytes.takeOwnershipOf(Bytes.fromHex(kek).toArray());
        SecretBytes material = AesKeyWrap.unwrap(key, Bytes.fromHex(wrapped))) {
      return material.reveal(Purpose.VERIFY, Bytes::copyOf);
    }
  }
}
