package dev.keygate.evidence.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByteWriterTest {

  @Test
  void writesBigEndianNumbers() {
    Bytes written = ByteWriter.bigEndian().u8(0).u16(0x0102).u32(0x03040506L).u64(-2).toBytes();
    assertThat(written).isEqualTo(Bytes.fromHex("00010203040506fffffffffffffffe"));
  }

  @Test
  void writesLittleEndianNumbers() {
    Bytes written =
        ByteWriter.littleEndian()
            .u8(0)
            .u16(0x0201)
            .u32(0x06050403L)
            .u64(0x0e0d0c0b0a090807L)
            .toBytes();
    assertThat(written).isEqualTo(Bytes.fromHex("000102030405060708090a0b0c0d0e"));
  }

  @Test
  void writesOctetsWithSizeAndPadding() {
    ByteWriter writer = ByteWriter.bigEndian();
    writer.sized16(Bytes.fromHex("aabb")).zeros(1).padded(Bytes.fromHex("cc"), 2);
    assertThat(writer.size()).isEqualTo(7);
    assertThat(writer.toBytes()).isEqualTo(Bytes.fromHex("0002aabb00cc00"));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 256, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void refusesANumberThatDoesNotFitOneOctet(int value) {
    assertThatThrownBy(() -> ByteWriter.bigEndian().u8(value))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0x1_0000_0000L, Long.MIN_VALUE})
  void refusesANumberThatDoesNotFitFourOctets(long value) {
    assertThatThrownBy(() -> ByteWriter.littleEndian().u32(value))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesOctetsLongerThanTheirField() {
    assertThatThrownBy(() -> ByteWriter.bigEndian().padded(Bytes.zeros(3), 2))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
