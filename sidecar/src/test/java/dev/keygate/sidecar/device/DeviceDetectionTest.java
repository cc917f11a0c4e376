package dev.keygate.sidecar.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.failure.UnavailableException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeviceDetectionTest {

  private static final DeviceDetection.Check WORKS = () -> {};

  @TempDir private Path there;

  @Test
  void takesTheFirstThatGivesEvidence() throws Exception {
    DeviceFinding finding =
        DeviceDetection.detect(List.of(vtpm(WORKS), configfs(there, WORKS), guest(WORKS)));

    assertThat(finding.used()).isEqualTo(DeviceChoice.VTPM);
    assertThat(finding).hasToString("VTPM: found");
  }

  @ParameterizedTest
  @EnumSource(names = {"TpmNotFound", "NotConfidentialVm"})
  void goesOnWhereThereIsNoneAndSaysSo(Reason reason) throws Exception {
    DeviceFinding finding =
        DeviceDetection.detect(
            List.of(
                vtpm(refusing(reason)), configfs(there.resolve("nothing"), WORKS), guest(WORKS)));

    assertThat(finding.used()).isEqualTo(DeviceChoice.SEV_GUEST);
    assertThat(finding.toString())
        .startsWith("VTPM: Refused.; CONFIGFS_TSM: There is no device at ")
        .endsWith("; SEV_GUEST: found");
  }

  @ParameterizedTest
  @EnumSource(
      names = {"TpmNotPermitted", "TpmRefused", "TpmResponseMalformed", "ReportDeviceRefused"})
  void passesNothingOverThatIsThereAndFails(Reason reason) {
    fails(List.of(vtpm(refusing(reason)), guest(WORKS)), reason);
  }

  @Test
  void doesNotGoOnBecauseADeviceIsBusy() {
    DeviceDetection.Check busy =
        () -> {
          throw new UnavailableException(Reason.TpmUnavailable, "Busy.");
        };

    fails(List.of(vtpm(busy), guest(WORKS)), Reason.TpmUnavailable);
  }

  @Test
  void namesAllOfThemWhereThereIsNone() {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(
            () ->
                DeviceDetection.detect(
                    List.of(
                        vtpm(refusing(Reason.NotConfidentialVm)),
                        configfs(there.resolve("nothing"), WORKS))))
        .matches(refused -> refused.reason() == Reason.NotConfidentialVm)
        .withMessageContaining("VTPM: Refused.")
        .withMessageContaining("CONFIGFS_TSM: There is no device at");
  }

  @Test
  void saysOfTheOnlyOneWhatItIsMissedWith() {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> DeviceDetection.detect(List.of(vtpm(refusing(Reason.TpmNotFound)))))
        .withMessage("Refused.");
  }

  private static void fails(List<DeviceDetection.Candidate> candidates, Reason reason) {
    assertThatExceptionOfType(FailureException.class)
        .isThrownBy(() -> DeviceDetection.detect(candidates))
        .matches(failure -> failure.reason() == reason);
  }

  private static DeviceDetection.Check refusing(Reason reason) {
    return () -> {
      throw new RefusedException(reason, "Refused.");
    };
  }

  private DeviceDetection.Candidate vtpm(DeviceDetection.Check check) {
    return new DeviceDetection.Candidate(DeviceChoice.VTPM, there.resolve("tpm"), check);
  }

  private static DeviceDetection.Candidate configfs(Path path, DeviceDetection.Check check) {
    return new DeviceDetection.Candidate(DeviceChoice.CONFIGFS_TSM, path, check);
  }

  private DeviceDetection.Candidate guest(DeviceDetection.Check check) {
    return new DeviceDetection.Candidate(DeviceChoice.SEV_GUEST, there, check);
  }
}
