package dev.keygate.evidence.tpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keygate.evidence.bytes.ByteCursor;
import dev.keygate.evidence.bytes.ByteWriter;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PcrValuesTest {

  private static final Bytes ONES = Bytes.fromHex("11".repeat(32));
  private static final Bytes TWOS = Bytes.fromHex("22".repeat(32));

  @Test
  void areDigestedByAscendingIndex() {
    PcrValues values = PcrValues.of(Map.of(10, TWOS, 2, ONES));

    assertThat(values.digest()).isEqualTo(Bytes.concat(ONES, TWOS).sha256());
    assertThat(values.selection()).isEqualTo(PcrSelection.of(2, 10));
  }

  @Test
  void differWhereBothKnowAPcr() {
    PcrValues here = PcrValues.of(Map.of(0, ONES, 1, ONES, 2, ONES));
    PcrValues there = PcrValues.of(Map.of(1, TWOS, 2, ONES, 3, TWOS));

    assertThat(here.differencesFrom(there)).isEqualTo(PcrSelection.of(1));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 24})
  void haveIndicesOfTheBank(int index) {
    assertThatThrownBy(() -> PcrValues.of(Map.of(index, ONES)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 31, 33})
  void haveThirtyTwoBytes(int size) {
    assertThatThrownBy(() -> PcrValues.of(Map.of(0, Bytes.zeros(size))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"0, 00000000", "255, 00000001000b03ff0000", "8388737, 00000001000b03810080"})
  void areSelectedByThreeBytes(int mask, String hex) throws EvidenceFormatException {
    PcrSelection selection = new PcrSelection(mask);
    ByteWriter out = ByteWriter.bigEndian();
    selection.writeTo(out);

    assertThat(out.toBytes().hex()).isEqualTo(hex);
    assertThat(PcrSelection.readFrom(ByteCursor.bigEndian("test", out.toBytes())))
        .isEqualTo(selection);
  }

  @ParameterizedTest
  @CsvSource({
    "00000002000b03ff0000000b03000000",
    "00000001000403ff0000",
    "00000001000b04ff000000",
    "00000001000b03ff"
  })
  void areNotSelectedInOtherBanks(String hex) {
    ByteCursor in = ByteCursor.bigEndian("test", Bytes.fromHex(hex));

    assertThatThrownBy(() -> PcrSelection.readFrom(in)).isInstanceOf(EvidenceFormatException.class);
  }
}
