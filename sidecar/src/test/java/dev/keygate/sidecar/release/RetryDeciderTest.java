package dev.keygate.sidecar.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.contract.GrantedVersion;
import dev.keygate.contract.VersionState;
import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.endpoint.KeyVersion;
import dev.keygate.endpoint.VaultHost;
import dev.keygate.failure.Reason;
import dev.keygate.sidecar.testing.ReleasedKeys;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RetryDeciderTest {

  private static final KeyPin PIN =
      new KeyPin("k", KeyIdentifier.of(new VaultHost("contoso.vault.azure.net"), "orders"));
  private static final KeyPlan ALONE = KeyPlan.withoutGrant(PIN);
  private static final KeyPlan GRANTED =
      new KeyPlan(
          PIN,
          List.of(new GrantedVersion(new KeyVersion(ReleasedKeys.FIRST), VersionState.Current)),
          Optional.empty(),
          Duration.ZERO);

  private final Random random = new Random(1);

  @Test
  void waitsForAChangeAfterARelease() {
    assertThat(decide(new ReleaseOutcome.Released("k", PIN.key()), ALONE))
        .isEqualTo(new RetryDecision.AwaitChange());
  }

  @ParameterizedTest
  @EnumSource(
      value = Reason.class,
      names = {"PolicyDenied", "ReleaseDenied"})
  void doesNotRepeatADenialUntilTheGrantChanges(Reason reason) {
    assertThat(decide(refused(reason), GRANTED)).isEqualTo(new RetryDecision.AwaitChange());
  }

  @ParameterizedTest
  @EnumSource(
      value = Reason.class,
      names = {"PolicyDenied", "ReleaseDenied"})
  void looksAgainWhereNoGrantCouldTellOfAChange(Reason reason) {
    assertThat(pause(decide(refused(reason), ALONE))).isGreaterThanOrEqualTo(Duration.ofMinutes(2));
  }

  @ParameterizedTest
  @EnumSource(
      value = Reason.class,
      names = {"NotAuthorized", "KeyNotFound", "KeyDisabled", "AttestationRefused"})
  void triesRarelyWhatSomebodyElseHasToChange(Reason reason) {
    assertThat(pause(decide(refused(reason), GRANTED)))
        .isBetween(Duration.ofMinutes(2), Duration.ofMinutes(3));
  }

  @Test
  void triesSoonWhatIsUnavailable() {
    for (int i = 0; i < 200; i++) {
      assertThat(pause(decide(unavailable(Optional.empty()), GRANTED)))
          .isBetween(RetryDecider.SHORTEST, RetryDecider.SHORTEST.multipliedBy(3));
    }
  }

  @Test
  void growsButNotBeyondALimit() {
    Duration previous = RetryDecider.SHORTEST;
    for (int i = 0; i < 200; i++) {
      Duration next =
          pause(RetryDecider.decide(unavailable(Optional.empty()), GRANTED, previous, random));
      assertThat(next).isBetween(RetryDecider.SHORTEST, RetryDecider.LONGEST);
      assertThat(next).isLessThanOrEqualTo(previous.multipliedBy(3));
      previous = next;
    }
  }

  @Test
  void crowdAtTheLimitDoesNotComeBackInStep() {
    Set<Duration> pauses = new TreeSet<>();
    for (int i = 0; i < 200; i++) {
      pauses.add(
          pause(
              RetryDecider.decide(
                  unavailable(Optional.empty()), GRANTED, RetryDecider.LONGEST, random)));
    }

    assertThat(pauses).hasSize(200);
  }

  @Test
  void leavesAServiceAloneForAsLongAsItAsked() {
    Duration asked = Duration.ofSeconds(30);

    assertThat(pause(decide(unavailable(Optional.of(asked)), GRANTED)))
        .isBetween(asked, asked.plusSeconds(1));
  }

  @Test
  void fetchesANewVersionAtAnyMomentOfTheTimeThatTheGrantGives() {
    Duration within = Duration.ofHours(6);
    Set<Long> hours = new TreeSet<>();
    for (int i = 0; i < 200; i++) {
      hours.add(RetryDecider.spread(within, random).pause().toHours());
    }
    assertThat(hours).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
  }

  private RetryDecision decide(ReleaseOutcome outcome, KeyPlan plan) {
    return RetryDecider.decide(outcome, plan, RetryDecider.SHORTEST, random);
  }

  private static ReleaseOutcome refused(Reason reason) {
    return new ReleaseOutcome.Refused("k", reason, "Why.");
  }

  private static ReleaseOutcome unavailable(Optional<Duration> retryAfter) {
    return new ReleaseOutcome.Unavailable("k", Reason.VaultThrottled, "Why.", retryAfter);
  }

  private static Duration pause(RetryDecision decision) {
    assertThat(decision).isInstanceOf(RetryDecision.TryAgain.class);
    return ((RetryDecision.TryAgain) decision).pause();
  }
}
