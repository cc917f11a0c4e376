package dev.keygate.evidence.snp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.evidence.snp.SnpKeyInfo.SigningKey;
import java.util.function.LongPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each flag is one bit, and no other bit says anything about it. */
class SnpBitsTest {

  static Stream<Arguments> flags() {
    return Stream.of(
        flag("SMT allowed", 16, raw -> new SnpGuestPolicy(raw).allowsSmt()),
        flag("mandatory", 17, raw -> new SnpGuestPolicy(raw).hasMandatoryBit()),
        flag("migration agent", 18, raw -> new SnpGuestPolicy(raw).allowsMigrationAgent()),
        flag("debug", 19, raw -> new SnpGuestPolicy(raw).allowsDebug()),
        flag("single socket", 20, raw -> new SnpGuestPolicy(raw).requiresSingleSocket()),
        flag("CXL", 21, raw -> new SnpGuestPolicy(raw).allowsCxl()),
        flag("AES-256-XTS", 22, raw -> new SnpGuestPolicy(raw).requiresAes256Xts()),
        flag("no RAPL", 23, raw -> new SnpGuestPolicy(raw).requiresRaplDisabled()),
        flag("hidden ciphertext", 24, raw -> new SnpGuestPolicy(raw).requiresCiphertextHiding()),
        flag("no page swap", 25, raw -> new SnpGuestPolicy(raw).requiresPageSwapDisabled()),
        flag("SMT on", 0, raw -> new SnpPlatformInfo(raw).isSmtEnabled()),
        flag("TSME", 1, raw -> new SnpPlatformInfo(raw).isTsmeEnabled()),
        flag("ECC", 2, raw -> new SnpPlatformInfo(raw).isEccEnabled()),
        flag("RAPL off", 3, raw -> new SnpPlatformInfo(raw).isRaplDisabled()),
        flag("ciphertext hidden", 4, raw -> new SnpPlatformInfo(raw).isCiphertextHidingEnabled()),
        flag("aliases checked", 5, raw -> new SnpPlatformInfo(raw).isAliasCheckComplete()),
        flag("trusted I/O", 7, raw -> new SnpPlatformInfo(raw).isTrustedIoEnabled()),
        flag("author key", 0, raw -> keyInfo(raw).isAuthorKeyPresent()),
        flag("chip key masked", 1, raw -> keyInfo(raw).isChipKeyMasked()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("flags")
  void isOneBitAndNoOther(String name, int bit, LongPredicate flag) {
    for (int other = 0; other < Long.SIZE; other++) {
      assertThat(flag.test(1L << other)).as("bit %d", other).isEqualTo(other == bit);
      assertThat(flag.test(~(1L << other))).as("all but bit %d", other).isEqualTo(other != bit);
    }
  }

  @Test
  void lowestVersionsOfTheAbiAreTheTwoLowestOctets() {
    SnpGuestPolicy policy = new SnpGuestPolicy(0xFFFF_FFFF_FFFF_3781L);

    assertThat(policy.minimumAbiMajor()).isEqualTo(0x37);
    assertThat(policy.minimumAbiMinor()).isEqualTo(0x81);
  }

  private static SnpKeyInfo keyInfo(long raw) {
    return new SnpKeyInfo(raw, SigningKey.VCEK);
  }

  private static Arguments flag(String name, int bit, LongPredicate flag) {
    return Arguments.of(name, bit, flag);
  }
}
