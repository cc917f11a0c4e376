package dev.keygate.operator.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallWindowTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

  /** The same rules over a list of every single end. */
  private static final class EveryEnd {

    private final Allowance allowance;
    private final List<Instant> ends = new ArrayList<>();
    private int underWay;

    private EveryEnd(Allowance allowance) {
      this.allowance = allowance;
    }

    private void end(Instant now) {
      underWay--;
      ends.add(now);
      ends.sort(null);
    }

    private void fill(Instant room) {
      ends.clear();
      Duration between = allowance.window().dividedBy(allowance.calls());
      for (int call = underWay; call < allowance.calls(); call++) {
        ends.add(room.minus(allowance.window()).plus(between.multipliedBy(ends.size())));
      }
    }

    private Optional<Instant> roomAt(int ahead, Instant now) {
      ends.removeIf(end -> !end.isAfter(now.minus(allowance.window())));
      int position = ends.size() + underWay + ahead - allowance.calls();
      if (position < 0) {
        return Optional.empty();
      }
      int slot = position % allowance.calls();
      Instant freed = slot < ends.size() ? ends.get(slot) : now;
      int laps = position / allowance.calls() + 1;
      return Optional.of(freed.plus(allowance.window().multipliedBy(laps)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 10, 64})
  void findsRoomAsIfEveryEndWereKeptByItself(int calls) {
    Allowance allowance = new Allowance(calls, TEN_SECONDS);
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      CallWindow window = new CallWindow(allowance);
      EveryEnd every = new EveryEnd(allowance);
      Instant now = START;
      int underWay = 0;
      for (int step = 0; step < 100; step++) {
        now = now.plusMillis(random.nextInt(1500));
        switch (random.nextInt(9)) {
          case 0, 1, 2 -> {
            window.begin();
            every.underWay++;
            underWay++;
          }
          case 3, 4, 5, 6 -> {
            if (underWay > 0) {
              window.end(now);
              every.end(now);
              underWay--;
            }
          }
          case 7 -> {
            Instant room = now.plusMillis(random.nextInt(20_000));
            window.fill(room);
            every.fill(room);
          }
          default -> {}
        }
        int ahead = random.nextInt(3 * calls);
        assertThat(window.roomAt(ahead, now))
            .as("seed %s, step %s", seed, step)
            .isEqualTo(every.roomAt(ahead, now));
      }
    }
  }

  @Test
  void hasRoomWhenAnotherSaidItWould() {
    CallWindow window = new CallWindow(new Allowance(1_000_000, TEN_SECONDS));

    window.fill(START.plusSeconds(3));

    assertThat(window.roomAt(0, START)).contains(START.plusSeconds(3));
    assertThat(window.roomAt(0, START.plusSeconds(3))).isEmpty();
  }
}
