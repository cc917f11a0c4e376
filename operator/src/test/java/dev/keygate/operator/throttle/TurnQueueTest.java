package dev.keygate.operator.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TurnQueueTest {

  private static final Instant T0 = Instant.EPOCH;
  private static final Duration WINDOW = Duration.ofSeconds(10);
  private static final Allowance TEN = new Allowance(10, WINDOW);
  private static final Duration AT_ONCE = Duration.ZERO;

  private final TurnQueue queue = new TurnQueue(TEN);

  @ParameterizedTest(name = "{0} callers at once: the last is served after {1}")
  @CsvSource({"1, PT0S", "10, PT0S", "11, PT10S", "20, PT10S", "21, PT20S", "1000, PT990S"})
  void servesAsManyInAWindowAsTheVaultTakes(int callers, Duration last) {
    List<Crowd.Served> served = new Crowd(queue).come("shop", callers, T0).serveAll(AT_ONCE);

    assertThat(served).hasSize(callers);
    assertThat(served.getLast().at()).isEqualTo(T0.plus(last));
  }

  @Test
  void neverLetsMoreThanTheAllowanceIntoAnyWindowHoweverLongCallsTake() {
    List<Crowd.Served> served =
        new Crowd(queue)
            .come("shop", 35, T0)
            .come("till", 35, T0.plusMillis(3_700))
            .come("late", 35, T0.plusMillis(21_300))
            .serveAll(Duration.ofMillis(730));

    assertThat(served).hasSize(105);
    for (int first = 0; first + 10 < served.size(); first++) {
      // A vault may count the first call as late as at its end.
      assertThat(served.get(first + 10).at())
          .isAfterOrEqualTo(served.get(first).at().plusMillis(730).plus(WINDOW));
    }
  }

  @Test
  void servesInTheOrderOfArrivalWithinANamespace() {
    List<Crowd.Served> served = new Crowd(queue).come("shop", 40, T0).serveAll(AT_ONCE);

    assertThat(served).extracting(one -> one.caller().name()).startsWith("key-0", "key-1");
    assertThat(served.getLast().caller().name()).isEqualTo("key-39");
  }

  @Test
  void oneKeyOfANamespaceDoesNotWaitForAThousandOfAnother() {
    List<Crowd.Served> served =
        new Crowd(queue)
            .come("crowded", 1000, T0)
            .come("quiet", 1, T0.plusSeconds(1))
            .serveAll(AT_ONCE);

    assertThat(served)
        .filteredOn(one -> one.caller().namespace().equals("quiet"))
        .extracting(Crowd.Served::at)
        .allMatch(at -> !at.isAfter(T0.plus(WINDOW)));
  }

  @Test
  void namespacesShareEvenlyWhateverTheirNumberOfKeys() {
    List<Crowd.Served> served =
        new Crowd(queue)
            .come("crowded", 1000, T0)
            .come("small", 50, T0.plusSeconds(1))
            .serveAll(AT_ONCE);

    Instant smallDone =
        served.stream()
            .filter(one -> one.caller().namespace().equals("small"))
            .map(Crowd.Served::at)
            .max(Instant::compareTo)
            .orElseThrow();
    assertThat(smallDone).isBetween(T0.plusSeconds(90), T0.plusSeconds(110));
    assertThat(served.getLast().at()).isEqualTo(T0.plusSeconds(1040));
  }

  @Test
  void asksAlmostNobodyTwiceMoreThanHeMust() {
    Crowd crowd = new Crowd(queue);
    for (int namespace = 0; namespace < 10; namespace++) {
      crowd.come("team-" + namespace, 100, T0.plusMillis(namespace));
    }

    crowd.serveAll(Duration.ofMillis(20));

    // Once to be told when, once to be served; the rest are those whose turn others have moved.
    assertThat(crowd.asked()).isLessThan(5 * 1000);
  }

  @Test
  void askingAgainKeepsThePlaceAndCostsNone() {
    new Crowd(queue).come("shop", 10, T0).serveAll(AT_ONCE);
    Caller first = new Caller("shop", "first");
    Caller second = new Caller("shop", "second");
    queue.ask(first, T0);
    queue.ask(second, T0);

    queue.ask(second, T0.plusSeconds(1));
    queue.ask(second, T0.plusSeconds(2));

    assertThat(queue.waiting()).isEqualTo(2);
    assertThat(queue.longestWait(T0.plusSeconds(3))).hasSeconds(3);
  }

  @Test
  void whoDoesNotComeBackIsNotWaitedForForever() {
    TurnQueue single = new TurnQueue(new Allowance(1, WINDOW));
    single.ask(new Caller("shop", "served"), T0);
    single.answered(T0);
    single.ask(new Caller("shop", "vanished"), T0);
    single.ask(new Caller("shop", "patient"), T0);

    Instant later = T0.plus(WINDOW).plus(TurnOrder.GRACE).plusSeconds(1);

    assertThat(single.ask(new Caller("shop", "patient"), later)).isInstanceOf(Turn.Now.class);
  }

  @Test
  void whoComesBackLateButFirstHasKeptHisPlace() {
    TurnQueue single = new TurnQueue(new Allowance(1, WINDOW));
    single.ask(new Caller("shop", "served"), T0);
    single.answered(T0);
    single.ask(new Caller("shop", "slow"), T0);

    Instant later = T0.plus(WINDOW).plus(TurnOrder.GRACE).plusSeconds(1);

    assertThat(single.ask(new Caller("shop", "slow"), later))
        .isEqualTo(new Turn.Now(Duration.between(T0, later)));
  }

  @Test
  void whoLeavesMakesRoom() {
    TurnQueue single = new TurnQueue(new Allowance(1, WINDOW));
    single.ask(new Caller("shop", "served"), T0);
    single.answered(T0);
    single.ask(new Caller("shop", "gone"), T0);
    single.ask(new Caller("shop", "next"), T0);

    single.leave(new Caller("shop", "gone"));

    assertThat(single.ask(new Caller("shop", "next"), T0)).isEqualTo(new Turn.Later(WINDOW));
    assertThat(single.waiting()).isEqualTo(1);
  }

  @ParameterizedTest(name = "a vault that asks for {0} is left alone for {1}")
  @CsvSource({"PT30S, PT30S", "PT3S, PT3S", "PT0S, PT1S", "PT10M, PT10M"})
  void leavesAVaultAloneAsLongAsItAsked(Duration asked, Duration left) {
    Caller refused = new Caller("shop", "refused");
    queue.ask(refused, T0);

    queue.refused(refused, Optional.of(asked), T0);

    assertThat(queue.ask(refused, T0)).isEqualTo(new Turn.Later(left));
    assertThat(queue.ask(refused, T0.plus(left).minusMillis(1))).isInstanceOf(Turn.Later.class);
    assertThat(queue.ask(refused, T0.plus(left))).isInstanceOf(Turn.Now.class);
  }

  @Test
  void waitsLongerEveryTimeForAVaultThatDoesNotSayHowLong() {
    Instant now = T0;
    Duration pause = Duration.ZERO;
    Caller caller = new Caller("shop", "refused");
    for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60, 60}) {
      queue.ask(caller, now);
      queue.refused(caller, Optional.empty(), now);
      assertThat(queue.ask(caller, now)).isEqualTo(new Turn.Later(Duration.ofSeconds(seconds)));
      pause = Duration.ofSeconds(seconds);
      now = now.plus(pause);
    }

    assertThat(queue.ask(caller, now)).isInstanceOf(Turn.Now.class);
    queue.answered(now);
    Caller next = new Caller("shop", "next");
    Instant quiet = now.plus(WINDOW);
    queue.ask(next, quiet);
    queue.refused(next, Optional.empty(), quiet);
    assertThat(queue.ask(next, quiet)).isEqualTo(new Turn.Later(TurnQueue.FIRST_PAUSE));
  }

  @Test
  void whoWasRefusedGoesBeforeThoseWhoWaitedLonger() {
    TurnQueue single = new TurnQueue(new Allowance(1, WINDOW));
    Caller refused = new Caller("shop", "refused");
    Caller waiting = new Caller("shop", "waiting");
    single.ask(refused, T0);
    single.ask(waiting, T0);
    single.refused(refused, Optional.of(Duration.ofSeconds(2)), T0);

    Instant again = T0.plusSeconds(2);

    assertThat(single.ask(waiting, again)).isInstanceOf(Turn.Later.class);
    assertThat(single.ask(refused, again)).isInstanceOf(Turn.Now.class);
  }

  @Test
  void comesBackOneByOneAfterARefusalAndNotAllAtOnce() {
    Caller refused = new Caller("shop", "refused");
    queue.ask(refused, T0);
    queue.refused(refused, Optional.of(Duration.ofSeconds(5)), T0);
    queue.leave(refused);

    List<Crowd.Served> served = new Crowd(queue).come("shop", 10, T0).serveAll(AT_ONCE);

    for (int turn = 0; turn < 10; turn++) {
      assertThat(served.get(turn).at()).isEqualTo(T0.plusSeconds(5L + turn));
    }
  }

  @Test
  void nobodyIsToldToComeBackWithinTheSameMillisecond() {
    TurnQueue single = new TurnQueue(new Allowance(1, Duration.ofNanos(1_500_001)));
    single.ask(new Caller("shop", "served"), T0);
    single.answered(T0);

    assertThat(single.ask(new Caller("shop", "next"), T0))
        .isEqualTo(new Turn.Later(Duration.ofMillis(2)));
  }
}
