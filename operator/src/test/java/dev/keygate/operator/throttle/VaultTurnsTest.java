package dev.keygate.operator.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keygate.azure.keyvault.KeyCreation;
import dev.keygate.azure.keyvault.KeyLifetime;
import dev.keygate.azure.keyvault.KeyManagementClient;
import dev.keygate.azure.keyvault.KeyProperties;
import dev.keygate.azure.keyvault.KeyShape;
import dev.keygate.azure.keyvault.VaultReleasePolicy;
import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.endpoint.VaultHost;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.failure.UnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VaultTurnsTest {

  private static final KeyIdentifier KEY =
      KeyIdentifier.of(new VaultHost("contoso.vault.azure.net"), "orders");
  private static final KeyIdentifier ELSEWHERE =
      KeyIdentifier.of(new VaultHost("fabrikam.vault.azure.net"), "orders");
  private static final KeyCreation CREATION =
      new KeyCreation(
          new KeyShape.Ec("EC-HSM", "P-256"),
          new KeyProperties(List.of(), KeyLifetime.UNLIMITED, Map.of()),
          new VaultReleasePolicy("{}", VaultReleasePolicy.Mutability.MUTABLE));

  private final CountingVault vault = new CountingVault();
  private final VirtualTime time = new VirtualTime();
  private final Notes notes = new Notes();
  private final VaultTurns turns = new VaultTurns(vault, VaultLimits.DOCUMENTED, time, notes);

  private static final class Notes implements CallListener {
    private final List<String> results = new ArrayList<>();
    private final List<Duration> waits = new ArrayList<>();

    @Override
    public void turnTaken(VaultCall call, Duration waited) {
      waits.add(waited);
    }

    @Override
    public void called(VaultOperation operation, String result, Duration took) {
      results.add(operation.label() + " " + result);
    }
  }

  @Test
  void makesTenKeysAndSendsTheEleventhAwayWithoutAskingTheVault() throws Exception {
    for (int key = 0; key < 10; key++) {
      assertThat(create(caller(key), KEY)).isEqualTo(Reason.KeyNotFound);
    }

    TurnAwaitedException turn = createAwaited(caller(10));

    assertThat(turn.untilTurn()).isEqualTo(VaultLimits.WINDOW);
    assertThat(turn.reason()).isEqualTo(Reason.VaultThrottled);
    assertThat(vault.calls).hasSize(10);
    assertThat(turns.waiting(VaultCall.CREATE)).isEqualTo(1);
  }

  @Test
  void vaultsDoNotWaitForEachOther() throws Exception {
    fill();

    assertThat(create(caller(11), ELSEWHERE)).isEqualTo(Reason.KeyNotFound);
  }

  @Test
  void readingDoesNotWaitForMaking() throws Exception {
    fill();

    assertThat(turns.during(caller(11), Urgency.AWAITED).versions(KEY)).isEmpty();
  }

  @Test
  void servesWhoComesBackInTimeAndTellsHowLongItWaited() throws Exception {
    fill();
    createAwaited(caller(10));
    time.pass(VaultLimits.WINDOW);

    assertThat(create(caller(10), KEY)).isEqualTo(Reason.KeyNotFound);

    assertThat(notes.waits.getLast()).isEqualTo(VaultLimits.WINDOW);
    assertThat(turns.waiting(VaultCall.CREATE)).isZero();
  }

  @Test
  void aRefusalForTheNumberOfCallsHoldsEverybodyBackAndIsNoFailureOfTheCaller() throws Exception {
    vault.failure =
        new UnavailableException(Reason.VaultThrottled, "too many", Duration.ofSeconds(40), null);

    TurnAwaitedException refused = createAwaited(caller(0));
    TurnAwaitedException other = createAwaited(caller(1));

    assertThat(refused.untilTurn()).hasSeconds(40);
    assertThat(other.untilTurn()).hasSeconds(41);
    assertThat(vault.calls).hasSize(1);
    assertThat(notes.results).containsExactly("create VaultThrottled");
  }

  @Test
  void whoWasRefusedIsStillFirst() throws Exception {
    vault.failure =
        new UnavailableException(Reason.VaultThrottled, "too many", Duration.ofSeconds(4), null);
    createAwaited(caller(0));
    createAwaited(caller(1));
    vault.failure = null;
    time.pass(Duration.ofSeconds(4));

    assertThat(createAwaited(caller(1)).untilTurn()).hasSeconds(1);
    assertThat(create(caller(0), KEY)).isEqualTo(Reason.KeyNotFound);
  }

  @Test
  void otherFailuresPassThroughAndUseUpTheTurn() throws Exception {
    vault.failure = new UnavailableException(Reason.VaultUnavailable, "down");
    for (int key = 0; key < 10; key++) {
      assertThat(create(caller(key), KEY)).isEqualTo(Reason.VaultUnavailable);
    }

    createAwaited(caller(10));

    assertThat(notes.results).containsOnly("create VaultUnavailable");
  }

  @Test
  void aDefectInTheClientDoesNotKeepItsTurnForever() throws Exception {
    VaultTurns broken =
        new VaultTurns(vault, new VaultLimits(1, 1, VaultLimits.WINDOW), time, CallListener.NONE);
    @Nullable String nothing = null;

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(
            () ->
                broken.call(
                    VaultOperation.GET,
                    caller(0),
                    KEY,
                    () -> {
                      throw new IllegalStateException("a defect" + nothing);
                    }));
    time.pass(VaultLimits.WINDOW);

    assertThat(broken.during(caller(1), Urgency.AWAITED).versions(KEY)).isEmpty();
  }

  @Test
  void comparingTenThousandKeysTakesOneInAHundredOfTheRequests() throws Exception {
    int looks = 0;
    List<Duration> back = new ArrayList<>();
    for (int key = 0; key < 10_000; key++) {
      back.add(Duration.ZERO);
    }
    for (int second = 0; second < 600; second++) {
      for (int key = 0; key < back.size(); key++) {
        if (back.get(key).compareTo(Duration.ofSeconds(second)) <= 0) {
          KeyManagementClient run = turns.during(caller(key), Urgency.ROUTINE);
          try {
            run.versions(KEY);
            run.versions(KEY);
            looks += 2;
            back.set(key, Duration.ofDays(1));
          } catch (TurnAwaitedException e) {
            back.set(key, Duration.ofSeconds(second).plus(e.untilTurn()));
          }
        }
      }
      time.pass(Duration.ofSeconds(1));
    }

    assertThat(looks).isLessThanOrEqualTo(4000 / 100 * 60).isGreaterThan(4000 / 100 * 55);
    assertThat(vault.calls).hasSize(looks);
  }

  @Test
  void aRoutineRunPaysOnceAndAnAwaitedOneIsNotHeldBackByThem() throws Exception {
    VaultTurns few =
        new VaultTurns(vault, new VaultLimits(10, 200, VaultLimits.WINDOW), time, notes);
    KeyManagementClient routine = few.during(caller(0), Urgency.ROUTINE);
    routine.versions(KEY);
    routine.versions(KEY);

    assertThatExceptionOfType(TurnAwaitedException.class)
        .isThrownBy(() -> few.during(caller(1), Urgency.ROUTINE).versions(KEY));
    assertThat(few.during(caller(2), Urgency.AWAITED).versions(KEY)).isEmpty();
  }

  @Test
  void whoIsGoneWaitsNoMore() throws Exception {
    fill();
    createAwaited(caller(10));

    turns.leave(caller(10));

    assertThat(turns.waiting(VaultCall.CREATE)).isZero();
    assertThat(turns.longestWait(VaultCall.CREATE)).isZero();
  }

  private void fill() throws Exception {
    for (int key = 0; key < 10; key++) {
      create(caller(key), KEY);
    }
  }

  /** The reason of the failure, which the vault has for everything. */
  private Reason create(Caller caller, KeyIdentifier key) throws Exception {
    try {
      turns.during(caller, Urgency.AWAITED).create(key, CREATION);
    } catch (RefusedException e) {
      return e.reason();
    } catch (TurnAwaitedException e) {
      throw e;
    } catch (UnavailableException e) {
      return e.reason();
    }
    throw new AssertionError("this vault makes no keys");
  }

  private TurnAwaitedException createAwaited(Caller caller) {
    try {
      create(caller, KEY);
    } catch (TurnAwaitedException e) {
      return e;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    throw new AssertionError("its turn has come");
  }

  private static Caller caller(int number) {
    return new Caller("shop", "key-" + number);
  }
}
