package dev.keygate.sidecar.attest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.evidence.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvidenceReadingTest {

  @Test
  void takesTheLengthThatDerStatesNotThePadding() {
    Bytes certificate = Bytes.fromHex("308200030405" + "00");
    Bytes index = Bytes.concat(certificate, Bytes.zeros(20));

    assertThat(EvidenceReading.der(index)).contains(certificate);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "30", "30820003", "3081030405", "3082000404050607", "00000000000000"})
  void findsNoCertificateElsewhere(String index) {
    boolean isTooShort = index.startsWith("30820004");
    assertThat(EvidenceReading.der(Bytes.fromHex(isTooShort ? "30820005040506" : index))).isEmpty();
  }
}
