package dev.keygate.emulator.fault;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How far away Azure is. The figures are chosen to be told apart in a test; nobody publishes real
 * ones.
 */
public enum LatencyProfile {
  /** At no distance. */
  NONE(0, 0),
  /** In the same region: 20 ms, one in a hundred 200 ms. */
  REGION(20, 200),
  /** On another continent: 150 ms, one in a hundred 800 ms. */
  CONTINENT(150, 800),
  /** On a bad day: 1 s, one in a hundred 8 s. */
  BAD_DAY(1000, 8000);

  private static final double TAIL = 0.99;

  private final Duration usual;
  private final Duration rare;

  LatencyProfile(int usualMillis, int rareMillis) {
    this.usual = Duration.ofMillis(usualMillis);
    this.rare = Duration.ofMillis(rareMillis);
  }

  /** The profile of a name such as {@code bad-day}. */
  public static Optional<LatencyProfile> find(String name) {
    return Stream.of(values()).filter(one -> one.text().equals(name)).findFirst();
  }

  /** Its name. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The delay of one request.
   *
   * @param chance from 0 up to 1
   */
  Duration at(double chance) {
    return chance < TAIL ? usual : rare;
  }
}
