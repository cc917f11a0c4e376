package dev.keygate.emulator.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.keygate.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("azure-44")
class LabClockTest {

  private final HandWound machine = new HandWound();
  private final LabClock clock = new LabClock(machine);

  /** Moves when a test says so. */
  private static final class HandWound implements TimeSource {
    private Duration since = Duration.ZERO;

    @Override
    public Instant now() {
      return Instant.EPOCH.plus(since);
    }

    @Override
    public long nanoTime() {
      return 7 + since.toNanos();
    }

    @Override
    public void sleep(Duration duration) {
      since = since.plus(duration);
    }
  }

  @Test
  void goesAsTheMachineGoesUnlessToldOtherwise() {
    machine.sleep(Duration.ofSeconds(5));

    assertThat(clock.now()).isEqualTo(machine.now());
    assertThat(clock.nanoTime()).isEqualTo(machine.nanoTime());
  }

  @Test
  void goesFasterFromNowOn() {
    machine.sleep(Duration.ofSeconds(5));
    clock.run(60);
    long before = clock.nanoTime();

    machine.sleep(Duration.ofSeconds(1));

    assertThat(clock.now()).isEqualTo(Instant.EPOCH.plusSeconds(65));
    assertThat(clock.nanoTime() - before).isEqualTo(Duration.ofSeconds(60).toNanos());
  }

  @Test
  void keepsWhatWasWonWhenItSlowsDown() {
    clock.run(3600);
    machine.sleep(Duration.ofSeconds(2));

    clock.run(1);
    machine.sleep(Duration.ofSeconds(1));

    assertThat(clock.now()).isEqualTo(Instant.EPOCH.plusSeconds(7201));
  }

  @Test
  void isPutForward() {
    clock.advance(Duration.ofHours(9));

    assertThat(clock.now()).isEqualTo(machine.now().plus(Duration.ofHours(9)));
    assertThat(clock.nanoTime()).isEqualTo(machine.nanoTime() + Duration.ofHours(9).toNanos());
  }

  @Test
  void sleepsItsOwnTime() throws InterruptedException {
    clock.run(10);
    Instant before = clock.now();

    clock.sleep(Duration.ofSeconds(30));

    assertThat(clock.now()).isEqualTo(before.plusSeconds(30));
    assertThat(machine.now()).isEqualTo(Instant.EPOCH.plusSeconds(3));
  }

  @Test
  void isOffWhereItIsToldToBeAndOnlyThere() {
    Instant off = ClockOffset.during(Duration.ofMinutes(-10), clock::now);

    assertThat(off).isEqualTo(machine.now().minus(Duration.ofMinutes(10)));
    assertThat(clock.now()).isEqualTo(machine.now());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 60_001})
  void refusesSpeedsThatItCannotGo(int rate) {
    assertThatIllegalArgumentException().isThrownBy(() -> clock.run(rate));
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 3651L * 24 * 3600})
  void refusesToGoBackOrOutOfItsCertificates(long seconds) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> clock.advance(Duration.ofSeconds(seconds)));
  }
}
