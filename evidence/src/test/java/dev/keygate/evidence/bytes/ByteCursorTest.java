package dev.keygate.evidence.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ByteCursorTest {

  private static final Bytes COUNTING = Bytes.fromHex("000102030405060708090a0b0c0d0e");

  @Test
  void readsLittleEndianNumbers() throws Exception {
    ByteCursor cursor = ByteCursor.littleEndian("test", COUNTING);
    assertThat(cursor.u8("a")).isZero();
    assertThat(cursor.u16("b")).isEqualTo(0x0201);
    assertThat(cursor.u32("c")).isEqualTo(0x06050403L);
    assertThat(cursor.u64("d")).isEqualTo(0x0e0d0c0b0a090807L);
    cursor.requireExhausted();
  }

  @Test
  void readsBigEndianNumbers() throws Exception {
    ByteCursor cursor = ByteCursor.bigEndian("test", COUNTING);
    assertThat(cursor.u8("a")).isZero();
    assertThat(cursor.u16("b")).isEqualTo(0x0102);
    assertThat(cursor.u32("c")).isEqualTo(0x03040506L);
    assertThat(cursor.u64("d")).isEqualTo(0x0708090a0b0c0d0eL);
    assertThat(cursor.position()).isEqualTo(15);
  }

  @Test
  void readsTheLargestNumbersAsUnsigned() throws Exception {
    ByteCursor cursor = ByteCursor.bigEndian("test", Bytes.fromHex("ff".repeat(15)));
    assertThat(cursor.u8("a")).isEqualTo(0xFF);
    assertThat(cursor.u16("b")).isEqualTo(0xFFFF);
    assertThat(cursor.u32("c")).isEqualTo(0xFFFFFFFFL);
    assertThat(Long.toUnsignedString(cursor.u64("d"))).isEqualTo("18446744073709551615");
  }

  @Test
  void takesSizedAndRemainingOctets() throws Exception {
    ByteCursor cursor = ByteCursor.bigEndian("test", Bytes.fromHex("0002aabbcc"));
    assertThat(cursor.sized16(2, "blob")).isEqualTo(Bytes.fromHex("aabb"));
    assertThat(cursor.takeRemaining()).isEqualTo(Bytes.fromHex("cc"));
    assertThat(cursor.takeRemaining()).isEqualTo(Bytes.EMPTY);
  }

  @Test
  void saysWhereTheInputEndsTooEarly() throws Exception {
    ByteCursor cursor = ByteCursor.littleEndian("SNP report", Bytes.fromHex("000102"));
    cursor.u8("VERSION");
    EvidenceFormatException failure = failureOf(() -> cursor.u32("GUEST_SVN"));
    assertThat(failure.format()).isEqualTo("SNP report");
    assertThat(failure.field()).isEqualTo("GUEST_SVN");
    assertThat(failure.offsetBytes()).isEqualTo(1);
    assertThat(cursor.position()).isEqualTo(1);
  }

  @Test
  void refusesASizeAboveTheCap() {
    ByteCursor cursor = ByteCursor.bigEndian("test", Bytes.fromHex("0003aabbcc"));
    EvidenceFormatException failure = failureOf(() -> cursor.sized16(2, "blob"));
    assertThat(failure.offsetBytes()).isZero();
    assertThat(failure.found()).isEqualTo("3");
  }

  @Test
  void refusesASizeBeyondTheEnd() {
    ByteCursor cursor = ByteCursor.bigEndian("test", Bytes.fromHex("ffffaa"));
    assertThat(failureOf(() -> cursor.sized16(0xFFFF, "blob")).offsetBytes()).isEqualTo(2);
  }

  @Test
  void namesTheReservedByteThatIsNotZero() throws Exception {
    ByteCursor cursor = ByteCursor.bigEndian("test", Bytes.fromHex("0000000100"));
    cursor.requireZero(2, "reserved");
    EvidenceFormatException failure = failureOf(() -> cursor.requireZero(3, "reserved"));
    assertThat(failure.offsetBytes()).isEqualTo(3);
    assertThat(failure.found()).isEqualTo("0x01");
  }

  @Test
  void refusesTrailingOctets() {
    ByteCursor cursor = ByteCursor.bigEndian("test", Bytes.fromHex("00"));
    assertThat(failureOf(cursor::requireExhausted).field()).isEqualTo("end");
  }

  @Test
  void treatsANegativeCountAsABug() {
    ByteCursor cursor = ByteCursor.bigEndian("test", COUNTING);
    assertThatThrownBy(() -> cursor.take(-1, "x")).isInstanceOf(IllegalArgumentException.class);
  }

  private static EvidenceFormatException failureOf(ThrowingCallable call) {
    return catchThrowableOfType(EvidenceFormatException.class, call);
  }
}
