package dev.keygate.sidecar.localapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keygate.sidecar.testing.FakeTime;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CallRatesTest {

  private static final Caller APP = new Caller("app", Set.of());
  private static final Caller WEB = new Caller("web", Set.of());

  private final FakeTime time = new FakeTime();
  private final CallRates rates = new CallRates(time);

  @Test
  void letsAContainerAttestFiveTimesAtOnceAndThenEveryFiveSeconds() throws Exception {
    for (int i = 0; i < 5; i++) {
      rates.requireAttestation(APP);
    }
    refuses("5");

    time.sleep(Duration.ofSeconds(4));
    refuses("1");

    time.sleep(Duration.ofSeconds(1));
    rates.requireAttestation(APP);
    refuses("5");
  }

  @Test
  void doesNotLetOneContainerUseUpWhatAnotherMay() throws Exception {
    for (int i = 0; i < 5; i++) {
      rates.requireAttestation(APP);
    }

    rates.requireAttestation(WEB);
  }

  @Test
  void refusesAFlood() throws Exception {
    for (int i = 0; i < 5_000; i++) {
      rates.requireCall(APP);
    }

    assertThatExceptionOfType(ApiRefusal.class)
        .isThrownBy(() -> rates.requireCall(APP))
        .matches(refusal -> refusal.answer().status() == 429);
    rates.requireCall(WEB);
  }

  @Test
  void givesAStreamBack() throws Exception {
    Runnable giveBack = rates.takeStream(APP);
    for (int i = 1; i < 8; i++) {
      rates.takeStream(APP);
    }
    assertThatExceptionOfType(ApiRefusal.class).isThrownBy(() -> rates.takeStream(APP));

    giveBack.run();

    rates.takeStream(APP);
  }

  private void refuses(String retryAfter) {
    assertThatExceptionOfType(ApiRefusal.class)
        .isThrownBy(() -> rates.requireAttestation(APP))
        .satisfies(
            refusal ->
                assertThat(refusal.answer().headers()).containsEntry("Retry-After", retryAfter));
  }
}
