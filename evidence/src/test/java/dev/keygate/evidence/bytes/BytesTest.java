package dev.keygate.evidence.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BytesTest {

  @Test
  void keepsItsContentWhenTheSourceArrayChanges() {
    byte[] source = {1, 2, 3};
    Bytes bytes = Bytes.copyOf(source);
    source[0] = 9;
    assertThat(bytes).isEqualTo(Bytes.fromHex("010203"));
  }

  @Test
  void keepsItsContentWhenAHandedOutArrayChanges() {
    Bytes bytes = Bytes.fromHex("010203");
    bytes.toArray()[0] = 9;
    assertThat(bytes.at(0)).isEqualTo(1);
  }

  @Test
  void readsOctetsAsUnsigned() {
    assertThat(Bytes.fromHex("ff80").at(0)).isEqualTo(255);
    assertThat(Bytes.fromHex("ff80").at(1)).isEqualTo(128);
  }

  @Test
  void slicesConcatenatesAndReverses() {
    Bytes bytes = Bytes.fromHex("00010203");
    assertThat(bytes.slice(1, 2)).isEqualTo(Bytes.fromHex("0102"));
    assertThat(Bytes.concat(bytes.slice(2, 2), Bytes.EMPTY, bytes.slice(0, 2)))
        .isEqualTo(Bytes.fromHex("02030001"));
    assertThat(bytes.reversed()).isEqualTo(Bytes.fromHex("03020100"));
  }

  @ParameterizedTest
  @CsvSource({"0,5", "-1,2", "4,1", "5,0", "1,-1", "2147483647,2147483647"})
  void refusesASliceOutsideOfIt(int from, int length) {
    Bytes bytes = Bytes.fromHex("00010203");
    assertThatThrownBy(() -> bytes.slice(from, length))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0g", "0x01", "01 02", "01:02"})
  void refusesTextThatIsNotHexadecimal(String text) {
    assertThatThrownBy(() -> Bytes.fromHex(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void comparesContent() {
    assertThat(Bytes.fromHex("AbCd")).isEqualTo(Bytes.fromHex("abcd"));
    assertThat(Bytes.fromHex("abcd")).hasSameHashCodeAs(Bytes.fromHex("abcd"));
    assertThat(Bytes.fromHex("abcd")).isNotEqualTo(Bytes.fromHex("abce"));
    assertThat(Bytes.fromHex("abcd")).isNotEqualTo(Bytes.fromHex("abcd00"));
  }

  @ParameterizedTest
  @CsvSource({"'',true", "0000,true", "0001,false", "8000,false"})
  void knowsWhetherAllIsZero(String hex, boolean zero) {
    assertThat(Bytes.fromHex(hex).isZero()).isEqualTo(zero);
  }

  @Test
  void showsItsSizeAndOnlyItsFirstOctets() {
    assertThat(Bytes.zeros(9)).hasToString("9 bytes 0000000000000000…");
    assertThat(Bytes.fromHex("ff")).hasToString("1 bytes ff");
    assertThat(Bytes.EMPTY).hasToString("0 bytes");
  }

  @ParameterizedTest
  @CsvSource({
    "SHA1,a9993e364706816aba3e25717850c26c9cd0d89d",
    "SHA256,ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    "SHA384,cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7",
    "SHA512,ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
  })
  void digestsThePublishedExample(Digest digest, String hex) {
    assertThat(digest.of(Bytes.ofUtf8("a"), Bytes.ofUtf8("bc"))).isEqualTo(Bytes.fromHex(hex));
    assertThat(digest.sizeBytes()).isEqualTo(hex.length() / 2);
  }
}
