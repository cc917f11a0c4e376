package dev.keygate.evidence.endorsement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
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
        "02810100",
        "0282000100",
        "028001000000",
        "02ff01"
      })
  void refusesAnyOtherInteger(String der) {
    assertThat(
            catchThrowableOfType(
                EvidenceFormatException.class,
                () -> DerReader.octetInteger("test", "spl", Bytes.fromHex(der))))
        .isNotNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 127, 128, 255, 256, 65535})
  void readsOctetStringsOfEveryLength(int size) throws Exception {
    String length =
        size < 0x80 ? hex(size, 1) : size < 0x100 ? "81" + hex(size, 1) : "82" + hex(size, 2);
    Bytes der = Bytes.concat(Bytes.fromHex("04" + length), Bytes.zeros(size));
    assertThat(DerReader.octetString("test", "hwID", der).size()).isEqualTo(size);
  }

  private static String hex(int value, int octets) {
    return Bytes.copyOf(new byte[] {(byte) (value >>> 8), (byte) value})
        .hex()
        .substring(4 - 2 * octets);
  }
}
