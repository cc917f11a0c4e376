package dev.keygate.sidecar.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TelemetrySettingsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:4318",
        "http://[::1]:4318/",
        "https://10.224.0.4/otlp",
        "http://169.254.20.10:4318"
      })
  void takesAnAddressInThePodOrOnTheNode(String text) throws RefusedException {
    assertThat(read(text).endpoint()).contains(URI.create(text));
  }

  @Test
  void isOffUnlessItIsSet() throws RefusedException {
    assertThat(TelemetrySettings.from(Optional::empty).endpoint()).isEmpty();
    assertThat(read("  ").endpoint()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1:4318",
        "grpc://127.0.0.1:4317",
        "http:127.0.0.1",
        "http://",
        "http://localhost:4318",
        "http://collector.observability.svc:4318",
        "http://0.0.0.0:4318",
        "http://224.0.0.1:4318",
        "http://127.0.0.1:4318?key=value",
        "http://127.0.0.1:4318#part",
        "file:///var/log/spans",
        "http://127.0.0.1:port",
        "http://127.0.0.1 :4318"
      })
  void refusesWhatIsNoSuchAddress(String text) {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> read(text))
        .returns(Reason.SettingsInvalid, FailureException::reason)
        .withMessageContaining("keygate.telemetry.endpoint");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://user:hunter2@127.0.0.1:4318", "https://hunter2@10.0.0.1", "hunter2@x"})
  void refusesCredentialsWithoutRepeatingThem(String text) {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> read(text))
        .returns(Reason.SettingsInvalid, FailureException::reason)
        .withMessageContaining("keygate.telemetry.endpoint")
        .withMessageNotContaining("hunter2");
  }

  private static TelemetrySettings read(String text) throws RefusedException {
    return TelemetrySettings.from(() -> Optional.of(text));
  }
}
