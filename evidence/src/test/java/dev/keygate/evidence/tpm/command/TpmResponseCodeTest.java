package dev.keygate.evidence.tpm.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keygate.evidence.tpm.command.TpmResponseCode.SubjectKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TpmResponseCodeTest {

  @ParameterizedTest
  @CsvSource({
    "18b, HANDLE, HANDLE, 1",
    "28b, HANDLE, HANDLE, 2",
    "1c4, VALUE, PARAMETER, 1",
    "2d5, SIZE, PARAMETER, 2",
    "99d, POLICY_FAIL, SESSION, 1",
    "9a2, BAD_AUTH, SESSION, 1",
    "0a2, BAD_AUTH, NONE, 0",
    "12f, AUTH_UNAVAILABLE, NONE, 0",
    "128, PCR_CHANGED, NONE, 0",
    "146, NV_RANGE, NONE, 0",
    "910, REFERENCE_H0, NONE, 0",
    "922, RETRY, NONE, 0",
    "b0143, COMMAND_CODE, NONE, 0"
  })
  void tellsErrorAndSubjectApart(String hex, TpmError error, SubjectKind kind, int number) {
    TpmResponseCode code = new TpmResponseCode(Integer.parseInt(hex, 16));

    assertThat(code.error()).contains(error);
    assertThat(code.subject()).isEqualTo(new TpmResponseCode.Subject(kind, number));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 0x101 + 0x50, 0x0BF})
  void namesNothingElse(int value) {
    assertThat(new TpmResponseCode(value).error()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"922, true", "908, true", "90a, true", "128, false", "18b, false", "0, false"})
  void isRetryableOnlyWhenTheTpmIsBusyWithItself(String hex, boolean retryable) {
    assertThat(new TpmResponseCode(Integer.parseInt(hex, 16)).isRetryable()).isEqualTo(retryable);
  }

  @Test
  void composesWhatItTellsApart() {
    assertThat(TpmResponseCode.ofHandle(TpmError.HANDLE, 1).value()).isEqualTo(0x18B);
    assertThat(TpmResponseCode.ofParameter(TpmError.SIZE, 2).value()).isEqualTo(0x2D5);
    assertThat(TpmResponseCode.ofSession(TpmError.POLICY_FAIL, 1).value()).isEqualTo(0x99D);
  }

  @Test
  void hasNoSubjectInFormatZero() {
    assertThatThrownBy(() -> TpmResponseCode.ofHandle(TpmError.PCR_CHANGED, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
