package dev.keygate.sidecar.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.contract.Grant;
import dev.keygate.contract.GrantedVersion;
import dev.keygate.contract.VersionState;
import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.endpoint.KeyVersion;
import dev.keygate.endpoint.VaultHost;
import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;
import dev.keygate.failure.UnavailableException;
import dev.keygate.policy.PolicyParser;
import dev.keygate.sidecar.delivery.EverySink;
import dev.keygate.sidecar.delivery.HeldVersion;
import dev.keygate.sidecar.delivery.KeySink;
import dev.keygate.sidecar.delivery.MemoryLease;
import dev.keygate.sidecar.testing.FakeTime;
import dev.keygate.sidecar.testing.ReleasedKeys;
import dev.keygate.sidecar.testing.TestGuest;
import dev.keygate.sidecar.testing.TestVault;
import dev.keygate.sidecar.unwrap.ReleasedKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReleaseLoopTest {

  private static final KeyPin PIN =
      new KeyPin("orders", KeyIdentifier.of(new VaultHost(TestVault.HOST), "orders"));
  private static final List<KeyPin> PINS = List.of(PIN);

  private final Map<String, Grant> grants = new HashMap<>();
  private final TestGuest guest = new TestGuest();
  private final TestVault vault = new TestVault();
  private final MemoryLease lease = new MemoryLease();
  private final OutcomeBoard board = new OutcomeBoard();
  private final FakeTime time = new FakeTime();

  @AfterEach
  void close() {
    lease.close();
  }

  @Test
  void releasesTheCurrentVersionWhereThereAreNoGrants() throws Exception {
    ReleaseLoop loop = loop(Optional.empty());

    loop.round(PINS);
    time.pass(Duration.ofHours(1));
    loop.round(PINS);

    assertThat(vault.asked()).containsExactly(PIN.key().toString());
    assertThat(lease.held("orders"))
        .extracting(HeldVersion::state)
        .containsExactly(VersionState.Current);
  }

  @Test
  void waitsForTheGrantAndThenReleases() throws Exception {
    ReleaseLoop loop = granted();

    loop.round(PINS);
    assertThat(guest.attestations()).isZero();
    assertThat(board.latest("orders")).map(ReleaseLoopTest::reason).contains("GrantMissing");

    grant("true", current(ReleasedKeys.FIRST));
    loop.round(PINS);

    assertThat(states()).containsEntry(ReleasedKeys.FIRST, VersionState.Current);
    assertThat(board.latest("orders").orElseThrow()).isInstanceOf(ReleaseOutcome.Released.class);
  }

  @Test
  void releasesANewVersionBesideTheOld() throws Exception {
    ReleaseLoop loop = granted();
    grant("true", current(ReleasedKeys.FIRST));
    loop.round(PINS);

    grant("true", current(ReleasedKeys.SECOND), overlap(ReleasedKeys.FIRST));
    loop.round(PINS);
    assertThat(states())
        .containsOnly(
            Map.entry(ReleasedKeys.SECOND, VersionState.Current),
            Map.entry(ReleasedKeys.FIRST, VersionState.Overlap));

    grant("true", current(ReleasedKeys.SECOND));
    loop.round(PINS);
    assertThat(states()).containsOnly(Map.entry(ReleasedKeys.SECOND, VersionState.Current));
    assertThat(vault.asked()).hasSize(2);
  }

  @Test
  void servesTheOldVersionWhileTheNewOneIsNotReleased() throws Exception {
    ReleaseLoop loop = granted();
    grant("true", current(ReleasedKeys.FIRST));
    loop.round(PINS);

    vault.answer(503);
    grant("true", current(ReleasedKeys.SECOND));
    loop.round(PINS);

    assertThat(states()).containsOnly(Map.entry(ReleasedKeys.FIRST, VersionState.Current));
    assertThat(board.latest("orders")).map(ReleaseLoopTest::reason).contains("VaultUnavailable");
  }

  @Test
  void doesNotRepeatADenialUntilTheGrantChanges() throws Exception {
    ReleaseLoop loop = granted();
    grant("false", current(ReleasedKeys.FIRST));
    loop.round(PINS);
    time.pass(Duration.ofDays(1));
    loop.round(PINS);
    assertThat(guest.attestations()).isEqualTo(1);

    grant("true", current(ReleasedKeys.FIRST));
    loop.round(PINS);

    assertThat(guest.attestations()).isEqualTo(2);
    assertThat(states()).containsKey(ReleasedKeys.FIRST);
  }

  @Test
  void triesAgainWhatIsUnavailableNotBeforeItsPauseIsOver() throws Exception {
    ReleaseLoop loop = granted();
    grant("true", current(ReleasedKeys.FIRST));
    vault.answer(503);
    loop.round(PINS);
    loop.round(PINS);
    assertThat(vault.asked()).hasSize(1);

    vault.answer(200);
    time.pass(Duration.ofSeconds(2));
    loop.round(PINS);

    assertThat(states()).containsKey(ReleasedKeys.FIRST);
  }

  @Test
  void neverAsksForAnotherKeyThanThePinned() throws Exception {
    ReleaseLoop loop = granted();
    grants.put(
        "orders",
        grantOf(
            KeyIdentifier.parse("https://evil.vault.azure.net/keys/payroll"),
            "true",
            current(ReleasedKeys.FIRST)));

    loop.round(PINS);

    assertThat(vault.asked()).containsExactly(PIN.key() + "/" + ReleasedKeys.FIRST);
  }

  @Test
  void servesTheOldVersionWhileTheGrantNamesOneThatTheVaultDoesNotHave() throws Exception {
    ReleaseLoop loop = granted();
    grant("true", current(ReleasedKeys.FIRST));
    loop.round(PINS);

    vault.answer(404);
    grant("true", current(ReleasedKeys.SECOND));
    loop.round(PINS);
    grant("true", current(ReleasedKeys.SECOND), overlap(ReleasedKeys.FIRST));
    loop.round(PINS);

    assertThat(states()).containsOnly(Map.entry(ReleasedKeys.FIRST, VersionState.Current));
    assertThat(board.latest("orders")).map(ReleaseLoopTest::reason).contains("KeyNotFound");
  }

  @Test
  void forgetsAFailureOfAVersionThatIsNoLongerGranted() throws Exception {
    ReleaseLoop loop = granted();
    grant("true", current(ReleasedKeys.FIRST));
    loop.round(PINS);
    vault.answer(404);
    grant("true", current(ReleasedKeys.SECOND));
    loop.round(PINS);

    grant("true", current(ReleasedKeys.FIRST));
    loop.round(PINS);

    assertThat(board.latest("orders")).isEmpty();
    assertThat(states()).containsOnly(Map.entry(ReleasedKeys.FIRST, VersionState.Current));
  }

  @Test
  void triesADeliveryAgainAfterItsPauseAndNotBefore() throws Exception {
    NarrowSink files = new NarrowSink();
    ReleaseLoop loop = loop(Optional.of(this::read), new EverySink(List.of(files, lease)));
    grant("true", current(ReleasedKeys.FIRST));

    files.isFull = true;
    loop.round(PINS);
    loop.round(PINS);
    assertThat(vault.asked()).hasSize(1);
    assertThat(board.latest("orders")).map(ReleaseLoopTest::reason).contains("DeliveryFailed");
    assertThat(states()).containsKey(ReleasedKeys.FIRST);

    files.isFull = false;
    time.pass(Duration.ofSeconds(2));
    loop.round(PINS);
    assertThat(vault.asked()).hasSize(2);
    assertThat(board.latest("orders").orElseThrow()).isInstanceOf(ReleaseOutcome.Released.class);
  }

  @Test
  void settlesAgainWithoutAReleaseWhatCouldNotBeSettled() throws Exception {
    NarrowSink files = new NarrowSink();
    ReleaseLoop loop = loop(Optional.of(this::read), new EverySink(List.of(files, lease)));
    grant("true", current(ReleasedKeys.FIRST), overlap(ReleasedKeys.SECOND));
    loop.round(PINS);

    files.isStuck = true;
    grant("true", current(ReleasedKeys.FIRST));
    loop.round(PINS);
    assertThat(board.latest("orders")).map(ReleaseLoopTest::reason).contains("DeliveryFailed");

    files.isStuck = false;
    time.pass(Duration.ofSeconds(2));
    loop.round(PINS);
    assertThat(board.latest("orders")).isEmpty();
    assertThat(vault.asked()).hasSize(2);
  }

  @Test
  void countsOutcomesByReason() throws Exception {
    ReleaseLoop loop = granted();
    grant("false", current(ReleasedKeys.FIRST));
    loop.round(PINS);
    grant("true", current(ReleasedKeys.FIRST));
    loop.round(PINS);

    assertThat(board.counts())
        .containsOnly(
            Map.entry(new OutcomeKind("refused", "PolicyDenied"), 1L),
            Map.entry(new OutcomeKind("released", ""), 1L));
  }

  private static String reason(ReleaseOutcome outcome) {
    return OutcomeKind.of(outcome).reason();
  }

  private ReleaseLoop granted() {
    return loop(Optional.of(this::read));
  }

  private Grant read(String name) throws FailureException {
    Grant grant = grants.get(name);
    if (grant == null) {
      throw new UnavailableException(Reason.GrantMissing, "No grant.");
    }
    return grant;
  }

  private ReleaseLoop loop(Optional<GrantSource> source) {
    return loop(source, lease);
  }

  private ReleaseLoop loop(Optional<GrantSource> source, KeySink sink) {
    return new ReleaseLoop(
        ReleaseFlowTest.flow(guest, vault, sink),
        new ReleaseLoop.LoopEnds(new KeyPlans(source, List.of()), sink, board),
        new ReleaseLoop.LoopTiming(time, new Random(1), Duration.ofSeconds(2)));
  }

  /** A lease that fails as told. */
  private static final class NarrowSink implements KeySink {

    private final MemoryLease within = new MemoryLease();
    private boolean isFull;
    private boolean isStuck;

    @Override
    public void deliver(String name, ReleasedKey key) throws FailureException {
      if (isFull) {
        key.close();
        throw new UnavailableException(Reason.DeliveryFailed, "No room.");
      }
      within.deliver(name, key);
    }

    @Override
    public boolean has(String name, KeyVersion version) {
      return within.has(name, version);
    }

    @Override
    public void settle(String name, List<GrantedVersion> granted) throws FailureException {
      if (isStuck) {
        throw new UnavailableException(Reason.DeliveryFailed, "No room.");
      }
      within.settle(name, granted);
    }

    @Override
    public void withdraw(String name, KeyVersion version) throws FailureException {
      if (isStuck) {
        throw new UnavailableException(Reason.DeliveryFailed, "No room.");
      }
      within.withdraw(name, version);
    }

    @Override
    public Set<KeyVersion> present(String name) {
      return within.present(name);
    }

    @Override
    public boolean serves(String name) {
      return within.serves(name);
    }
  }

  private Map<String, VersionState> states() {
    Map<String, VersionState> states = new HashMap<>();
    for (HeldVersion held : lease.held("orders")) {
      states.put(held.description().identifier().version().orElseThrow().value(), held.state());
    }
    return states;
  }

  private void grant(String secureBoot, GrantedVersion... versions) throws Exception {
    grants.put("orders", grantOf(PIN.key(), secureBoot, versions));
  }

  private static Grant grantOf(KeyIdentifier key, String secureBoot, GrantedVersion... versions)
      throws Exception {
    return new Grant(
        key,
        List.of(versions),
        PolicyParser.parse(
            "{\"anyOf\":[{\"authority\":\"https://sharedweu.weu.attest.azure.net\",\"allOf\":[{"
                + "\"claim\":\"secureboot\",\"equals\":"
                + secureBoot
                + "}]}]}"),
        Duration.ofMinutes(5));
  }

  private static GrantedVersion current(String version) {
    return new GrantedVersion(new KeyVersion(version), VersionState.Current);
  }

  private static GrantedVersion overlap(String version) {
    return new GrantedVersion(new KeyVersion(version), VersionState.Overlap);
  }
}
