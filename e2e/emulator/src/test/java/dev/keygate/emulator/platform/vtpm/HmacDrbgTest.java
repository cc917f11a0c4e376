package dev.keygate.emulator.platform.vtpm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.evidence.bytes.Bytes;
import org.junit.jupiter.api.Test;

class HmacDrbgTest {

  /** NIST CAVP drbgvectors_no_reseed, HMAC_DRBG SHA-256, no prediction resistance, count 0. */
  @Test
  void generatesThePublishedBytes() {
    Bytes seed =
        Bytes.concat(
            Bytes.fromHex("ca851911349384bffe89de1cbdc46e6831e44d34a4fb935ee285dd14b71a7488"),
            Bytes.fromHex("659ba96c601dc69fc902940805ec0ca8"));
    HmacDrbg drbg = new HmacDrbg(seed);

    drbg.generate(128);
    byte[] second = drbg.generate(128);

    assertThat(Bytes.copyOf(second).hex())
        .isEqualTo(
            "e528e9abf2dece54d47c7e75e5fe302149f817ea9fb4bee6f4199697d04d5b89"
                + "d54fbb978a15b5c443c9ec21036d2460b6f73ebad0dc2aba6e624abf07745bc1"
                + "07694bb7547bb0995f70de25d6b29e2d3011bb19d27676c07162c8b5ccde0668"
                + "961df86803482cb37ed6d5c0bb8d50cf1f50d476aa0458bdaba806f48be9dcb8");
  }

  @Test
  void dependsOnEveryByteOfTheSeed() {
    assertThat(new HmacDrbg(Bytes.zeros(32)).generate(32))
        .isNotEqualTo(new HmacDrbg(Bytes.zeros(31)).generate(32));
  }
}
