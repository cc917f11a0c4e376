package dev.keygate.evidence.tdx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keygate.evidence.bytes.ByteWriter;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TdBitsTest {

  static Stream<Arguments> attributeBits() {
    return Stream.of(
        bit(TdAttributes::allowsDebug, 0),
        bit(TdAttributes::allowsProfiling, 1, 2, 3, 4, 5, 6, 7),
        bit(TdAttributes::isSingleStepDefended, 16),
        bit(TdAttributes::allowsLass, 27),
        bit(TdAttributes::isSeptVeDisabled, 28),
        bit(TdAttributes::isMigratable, 29),
        bit(TdAttributes::allowsPks, 30),
        bit(TdAttributes::allowsKeyLocker, 31),
        bit(TdAttributes::isTpa, 62),
        bit(TdAttributes::allowsPerfmon, 63));
  }

  @ParameterizedTest
  @MethodSource("attributeBits")
  void readsEachAttributeFromItsBitsAlone(Predicate<TdAttributes> attribute, int[] bits) {
    for (int i = 0; i < 64; i++) {
      int index = i;
      boolean itsOwn = IntStream.of(bits).anyMatch(bit -> bit == index);
      assertThat(attribute.test(new TdAttributes(1L << i))).isEqualTo(itsOwn);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4, 5, 6, 16, 27, 28, 29, 30, 31, 32, 47, 61, 62, 63})
  void readsAttributesThatAreDefinedOrDoNotMatter(int bit) throws Exception {
    assertThat(TdAttributes.read("test", 0, octets(1L << bit)).raw()).isEqualTo(1L << bit);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 8, 15, 17, 25, 26})
  void refusesAttributesThatAreReservedAndMatter(int bit) {
    EvidenceFormatException failure =
        catchThrowableOfType(
            EvidenceFormatException.class, () -> TdAttributes.read("test", 120, octets(1L << bit)));
    assertThat(failure.offsetBytes()).isEqualTo(120);
    assertThat(failure.found()).isEqualTo("0x" + Long.toHexString(1L << bit));
  }

  static Stream<Arguments> featureBits() {
    return Stream.of(
        feature(Xfam::allowsAvx, 0x4),
        feature(Xfam::allowsAvx512, 0xE0),
        feature(Xfam::allowsProcessorTrace, 0x100),
        feature(Xfam::allowsPku, 0x200),
        feature(Xfam::allowsCet, 0x1800),
        feature(Xfam::allowsUserInterrupts, 0x4000),
        feature(Xfam::allowsLastBranchRecords, 0x8000),
        feature(Xfam::allowsAmx, 0x60000));
  }

  @ParameterizedTest
  @MethodSource("featureBits")
  void readsEachFeatureFromAllItsBits(Predicate<Xfam> feature, long bits) {
    assertThat(feature.test(new Xfam(bits))).isTrue();
    assertThat(feature.test(new Xfam(~bits))).isFalse();
    assertThat(feature.test(new Xfam(bits & (bits - 1)))).isFalse();
  }

  @Test
  void keepsUnknownFeatures() throws Exception {
    assertThat(Xfam.read("test", 0, octets(0x8000000000000003L)).raw())
        .isEqualTo(0x8000000000000003L);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 0xFC, -4})
  void refusesFeaturesWithoutX87AndSse(long xfam) {
    EvidenceFormatException failure =
        catchThrowableOfType(
            EvidenceFormatException.class, () -> Xfam.read("test", 128, octets(xfam)));
    assertThat(failure.offsetBytes()).isEqualTo(128);
  }

  private static Arguments bit(Predicate<TdAttributes> attribute, int... bits) {
    return Arguments.of(attribute, bits);
  }

  private static Arguments feature(Predicate<Xfam> feature, long bits) {
    return Arguments.of(feature, bits);
  }

  private static Bytes octets(long value) {
    return ByteWriter.littleEndian().u64(value).toBytes();
  }
}
