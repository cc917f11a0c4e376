package dev.keygate.sidecar.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keygate.azure.http.Call;
import dev.keygate.azure.http.Upstream;
import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.failure.UnavailableException;
import dev.keygate.sidecar.testing.FakeTime;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MeteredExchangeTest {

  private static final Upstream VAULT =
      new Upstream("Key Vault", Reason.VaultUnavailable, Reason.VaultResponseMalformed);
  private static final Call CALL = Call.get(URI.create("https://contoso.vault.azure.net/keys/k"));

  private final FakeTime time = new FakeTime();
  private final UpstreamMeter meter = new UpstreamMeter();

  @Test
  void countsAndTimesWhatFailsAndSaysNoHost() {
    fail(new UnavailableException(Reason.VaultUnavailable, "Down."), Duration.ofMillis(100));
    fail(new UnavailableException(Reason.VaultUnavailable, "Down."), Duration.ofSeconds(60));
    fail(new RefusedException(Reason.VaultResponseMalformed, "Odd."), Duration.ofMillis(101));

    assertThat(meter.endings())
        .isEqualTo(
            Map.of(
                new UpstreamMeter.Ending("Key Vault", "unavailable"), 2L,
                new UpstreamMeter.Ending("Key Vault", "refused"), 1L));
    StringBuilder text = new StringBuilder();
    meter.durations().forEach((upstream, all) -> all.write(text, "m", "u=\"" + upstream + "\""));
    assertThat(text.toString())
        .contains(
            "m_bucket{u=\"Key Vault\",le=\"0.025\"} 0\n",
            "m_bucket{u=\"Key Vault\",le=\"0.100\"} 1\n",
            "m_bucket{u=\"Key Vault\",le=\"0.250\"} 2\n",
            "m_bucket{u=\"Key Vault\",le=\"10.000\"} 2\n",
            "m_bucket{u=\"Key Vault\",le=\"+Inf\"} 3\n",
            "m_sum{u=\"Key Vault\"} 60.201\n",
            "m_count{u=\"Key Vault\"} 3\n")
        .doesNotContain("contoso");
  }

  private void fail(FailureException failure, Duration after) {
    MeteredExchange exchange =
        new MeteredExchange(
            (_, _) -> {
              time.sleep(after);
              throw failure;
            },
            meter,
            time);

    assertThatExceptionOfType(FailureException.class)
        .isThrownBy(() -> exchange.send(VAULT, CALL))
        .isSameAs(failure);
  }
}
