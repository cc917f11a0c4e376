package dev.keygate.sidecar.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SevGuestTest {

  private static final int ENOENT = 2;
  private static final int ENOTTY = 25;
  private static final Bytes DATA = Bytes.fromHex("ab".repeat(64));

  @TempDir private Path folder;

  /** {@code snp_report_req}: 64 octets of user data, the level, 28 reserved. */
  @Test
  void asksAsTheKernelsHeaderSays() {
    assertThat(Bytes.copyOf(SevGuestMessage.request(DATA)).hex())
        .isEqualTo("ab".repeat(64) + "00".repeat(32));
  }

  @Test
  void takesTheReportOutOfAResponse() throws Exception {
    byte[] response = response(0, 1184);

    assertThat(SevGuestMessage.report(response)).isEqualTo(Bytes.fromHex("5a".repeat(1184)));
  }

  /** INVALID_PARAM, INVALID_KEY_SEL, and sizes that do not fit. */
  @ParameterizedTest
  @CsvSource({"0x16, 1184", "0x27, 1184", "0, 0", "0, -1", "0, 3969", "0, 2147483647"})
  void refusesAResponseWithoutAReport(String status, int size) {
    assertThatExceptionOfType(EvidenceFormatException.class)
        .isThrownBy(() -> SevGuestMessage.report(response(Integer.decode(status), size)));
  }

  @Test
  void asksForNothingButWholeReportData() {
    assertThatIllegalArgumentException().isThrownBy(() -> SevGuestMessage.request(Bytes.zeros(63)));
  }

  @ParameterizedTest
  @CsvSource({"0x200000000, true", "0x100000000, false", "0x2, false", "0, false"})
  void knowsTheHypervisorsErrorThatPasses(String error, boolean isBusy) {
    assertThat(SevGuestMessage.isBusy(Long.decode(error))).isEqualTo(isBusy);
  }

  @Test
  void saysOfAnOrdinaryFileThatItTakesNoSuchRequest() throws Exception {
    Path file = Files.writeString(folder.resolve("sev-guest"), "x");

    refused(file, "ioctl", ENOTTY);
  }

  @Test
  void saysThatThereIsNoDevice() {
    refused(folder.resolve("sev-guest"), "open", ENOENT);
  }

  private static void refused(Path file, String step, int errno) {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> new SevGuestDevice(file).report(DATA))
        .matches(refused -> refused.reason() == Reason.ReportDeviceRefused)
        .withMessageContaining(file.toString())
        .withMessageContaining(step + " failed with errno " + errno);
  }

  private static byte[] response(int status, int size) {
    ByteBuffer response = ByteBuffer.allocate(4000).order(ByteOrder.LITTLE_ENDIAN);
    response.putInt(status).putInt(size).position(32);
    while (response.hasRemaining() && response.position() < 32 + 1184) {
      response.put((byte) 0x5a);
    }
    return response.array();
  }
}
