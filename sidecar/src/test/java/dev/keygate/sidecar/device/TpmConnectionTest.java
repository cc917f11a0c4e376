package dev.keygate.sidecar.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.tpm.AzureTpm;
import dev.keygate.evidence.tpm.TpmHandle;
import dev.keygate.evidence.tpm.command.FlushContext;
import dev.keygate.evidence.tpm.command.NoResult;
import dev.keygate.evidence.tpm.command.NvReadPublic;
import dev.keygate.evidence.tpm.command.TpmError;
import dev.keygate.evidence.tpm.command.TpmResponseCode;
import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.failure.UnavailableException;
import dev.keygate.sidecar.testing.FakeTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TpmConnectionTest {

  private static final FlushContext COMMAND = new FlushContext(new TpmHandle(0x80000000));

  @TempDir private Path folder;

  private final ScriptedTransport script = new ScriptedTransport();
  private final FakeTime time = new FakeTime();
  private final TpmConnection tpm = new TpmConnection(script, Path.of("/dev/tpm"), time);

  @ParameterizedTest
  @EnumSource(
      value = TpmError.class,
      names = {"RETRY", "YIELDED", "TESTING"})
  void triesAgainWhileTheTpmIsBusy(TpmError busy) throws Exception {
    script.failure(busy).failure(busy).success(Bytes.EMPTY);

    assertThat(tpm.execute(COMMAND)).isEqualTo(NoResult.DONE);
    assertThat(time.sleeps()).containsExactly(Duration.ofMillis(5), Duration.ofMillis(10));
  }

  @Test
  void givesUpOnATpmThatStaysBusy() {
    for (int i = 0; i < 50; i++) {
      script.failure(TpmError.RETRY);
    }

    fails(Reason.TpmUnavailable);
    assertThat(script.commands()).hasSize(12);
    assertThat(time.sleeps()).allMatch(pause -> pause.compareTo(Duration.ofSeconds(1)) < 0);
  }

  @ParameterizedTest
  @EnumSource(
      value = TpmError.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"RETRY", "YIELDED", "TESTING"})
  void doesNotTryAgainWhatTheTpmRefuses(TpmError error) {
    script.failure(error);

    fails(Reason.TpmRefused);
    assertThat(script.commands()).hasSize(1);
  }

  static Stream<byte[]> malformed() {
    return Stream.of(
        new byte[0],
        new byte[9],
        Bytes.fromHex("80010000000b00000000").toArray(),
        Bytes.fromHex("8001ffffffff00000000").toArray(),
        Bytes.fromHex("00000000000a00000000").toArray(),
        Bytes.fromHex("80010000000c000000000000").toArray(),
        new byte[4097]);
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void refusesWhatIsNoResponse(byte[] response) {
    script.raw(response);

    fails(Reason.TpmResponseMalformed);
  }

  @Test
  void namesATpmThatDoesNotAnswer() {
    fails(Reason.TpmUnavailable);
  }

  @Tag("rival-06")
  @Test
  void refusesWithoutADeviceAndMakesNone() {
    Path absent = folder.resolve("tpm0");

    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(
            () -> GuestTpm.open(new TpmLocation.DeviceFile(absent), time, new SecureRandom()))
        .returns(Reason.TpmNotFound, FailureException::reason)
        .withMessageContaining(absent.toString());
    assertThat(absent).doesNotExist();
  }

  @Test
  void refusesASocketThatIsNotThere() {
    TpmLocation absent = new TpmLocation.LabSocket(folder.resolve("absent"));

    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> GuestTpm.open(absent, time, new SecureRandom()))
        .returns(Reason.TpmNotFound, FailureException::reason);
  }

  /** A lab that was killed leaves its socket, and may come back. */
  @Test
  void waitsForASocketThatNobodyListensAt() throws IOException {
    TpmLocation left = new TpmLocation.LabSocket(Files.createFile(folder.resolve("s")));

    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(() -> GuestTpm.open(left, time, new SecureRandom()))
        .returns(Reason.TpmUnavailable, FailureException::reason);
  }

  /** What a Trusted Launch VM answers: TPM_RC_HANDLE about handle 1. */
  @Tag("rival-06")
  @Test
  void refusesAMachineWithoutAParavisorReport() {
    script.failure(new TpmResponseCode(0x18B));

    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> GuestTpm.over(tpm, new SecureRandom()).readHclReport())
        .returns(Reason.NotConfidentialVm, FailureException::reason);
  }

  /** Only an index that is not defined may mean that this is no confidential VM. */
  @ParameterizedTest
  @EnumSource(
      value = TpmError.class,
      names = {"NV_LOCKED", "NV_AUTHORIZATION", "FAILURE", "AUTH_FAIL"})
  void doesNotTakeOtherErrorsForAnAbsentReport(TpmError error) {
    script.failure(error);

    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> GuestTpm.over(tpm, new SecureRandom()).readHclReport())
        .returns(Reason.TpmRefused, FailureException::reason);
  }

  @Test
  void doesWithoutACertificateOfTheAttestationKey() throws Exception {
    script.failure(new TpmResponseCode(0x18B));

    assertThat(GuestTpm.over(tpm, new SecureRandom()).readAkCertificate()).isEmpty();
  }

  @Test
  void sendsTheCommandAsItsTypeSays() {
    script.failure(TpmError.FAILURE);

    assertThatExceptionOfType(FailureException.class)
        .isThrownBy(() -> tpm.execute(new NvReadPublic(AzureTpm.HCL_REPORT)));
    assertThat(script.commands()).containsExactly(0x169);
  }

  private void fails(Reason reason) {
    assertThatExceptionOfType(FailureException.class)
        .isThrownBy(() -> tpm.execute(COMMAND))
        .returns(reason, FailureException::reason);
  }
}
