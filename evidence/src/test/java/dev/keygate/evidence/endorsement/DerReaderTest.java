package dev.keygate.evidence.endorsement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DerReaderTest {

  @ParameterizedTest
  @CsvSource({"020100,0", "02017f,127", "02020080,128", "020200db,219", "020200ff,255"})
  void readsAnOctetsWorthOfInteger(String der, int value) throws Exception {
    assertThat(DerReader.octetInteger("test", "spl", Bytes.fromHex(der))).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "02",
        "0200",
        "020180",
        "0201ff",
        "02020001",
        "0202007f",
        "02020100",
        "0203000080",
        "02010000",
        "040100",
        "020300ff01",
        "02810100",
        "0282000100",
        "028001000000",
        "02ff01",
        "0283000001" + "00",
        "028400000001" + "00"
      })
  void refusesAnyOtherInteger(String der) {
    assertThat(
            catchThrowableOfType(
                EvidenceFormatException.class,
                () -> DerReader.octetInteger("test", "spl", Bytes.fromHex(der))))
        .isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "020100,0",
    "0202010d,269",
    "020300ffff,65535",
    "02047fffffff,2147483647",
    "02020080,128"
  })
  void readsIntegersOfAnySize(String der, int value) throws Exception {
    assertThat(DerReader.unsignedInteger("test", "svn", Bytes.fromHex(der), Integer.MAX_VALUE))
        .isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0203010000", "02050100000000", "0209010000000000000000", "0202ff00"})
  void refusesIntegersThatAreTooLarge(String der) {
    assertThat(
            catchThrowableOfType(
                EvidenceFormatException.class,
                () -> DerReader.unsignedInteger("test", "svn", Bytes.fromHex(der), 0xFFFF)))
        .isNotNull();
  }

  @Test
  void tellsEnumeratedFromInteger() throws Exception {
    assertThat(DerReader.enumerated("test", "type", Bytes.fromHex("0a0102"), 2)).isEqualTo(2);
    assertThat(
            catchThrowableOfType(
                EvidenceFormatException.class,
                () -> DerReader.enumerated("test", "type", Bytes.fromHex("020102"), 2)))
        .isNotNull();
  }

  @Test
  void readsTheElementsOfASequence() throws Exception {
    Bytes der = Bytes.fromHex("3007" + "020105" + "04020102");
    assertThat(DerReader.sequence("test", "s", der, 2))
        .containsExactly(Bytes.fromHex("020105"), Bytes.fromHex("04020102"));
    assertThat(DerReader.sequence("test", "s", Bytes.fromHex("3000"), 0)).isEmpty();
    assertThat(DerReader.objectIdentifier("test", "oid", Bytes.fromHex("06022a03")))
        .isEqualTo(Bytes.fromHex("2a03"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "30",
        "3001",
        "300100",
        "30020101",
        "3003020105" + "00",
        "3103020105",
        "3006020105020106",
        "300402810101"
      })
  void refusesAnyOtherSequence(String der) {
    assertThat(
            catchThrowableOfType(
                EvidenceFormatException.class,
                () -> DerReader.sequence("test", "s", Bytes.fromHex(der), 1)))
        .isNotNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 127, 128, 255, 256, 65535, 65536})
  void readsOctetStringsOfEveryLength(int size) throws Exception {
    String length =
        size < 0x80
            ? hex(size, 1)
            : size < 0x100
                ? "81" + hex(size, 1)
                : size < 0x10000 ? "82" + hex(size, 2) : "83" + hex(size, 3);
    Bytes der = Bytes.concat(Bytes.fromHex("04" + length), Bytes.zeros(size));
    assertThat(DerReader.octetString("test", "hwID", der).size()).isEqualTo(size);
  }

  @ParameterizedTest
  @CsvSource({"0480,128", "048100,0", "04817f,127", "048200ff,255", "0483000100,256", "0484,0"})
  void refusesOctetStringsWhoseLengthIsNotInItsShortestForm(String head, int size) {
    Bytes der = Bytes.concat(Bytes.fromHex(head), Bytes.zeros(size));
    assertThat(
            catchThrowableOfType(
                EvidenceFormatException.class, () -> DerReader.octetString("test", "hwID", der)))
        .isNotNull();
  }

  private static String hex(int value, int octets) {
    return Bytes.copyOf(new byte[] {(byte) (value >>> 16), (byte) (value >>> 8), (byte) value})
        .hex()
        .substring(6 - 2 * octets);
  }
}
