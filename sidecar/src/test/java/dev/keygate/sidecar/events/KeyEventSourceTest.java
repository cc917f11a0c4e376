package dev.keygate.sidecar.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.contract.GrantedVersion;
import dev.keygate.contract.VersionState;
import dev.keygate.endpoint.KeyVersion;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.failure.UnavailableException;
import dev.keygate.sidecar.delivery.MemoryLease;
import dev.keygate.sidecar.release.OutcomeBoard;
import dev.keygate.sidecar.release.ReleaseOutcome;
import dev.keygate.sidecar.testing.ReleasedKeys;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeyEventSourceTest {

  private static final KeyVersion FIRST = new KeyVersion(ReleasedKeys.FIRST);
  private static final KeyVersion SECOND = new KeyVersion(ReleasedKeys.SECOND);

  private final MemoryLease lease = new MemoryLease();
  private final OutcomeBoard board = new OutcomeBoard();
  private final AtomicBoolean isClosed = new AtomicBoolean();
  private final KeyEventSource source =
      new KeyEventSource("orders", lease, board, () -> isClosed.set(true));

  @AfterEach
  void close() {
    lease.close();
  }

  @Test
  void isSilentWhileNothingHappens() {
    assertThat(source.next()).isEmpty();
    lease.deliver("other", ReleasedKeys.oct(ReleasedKeys.FIRST, 1));
    assertThat(source.next()).isEmpty();
  }

  @Test
  void beginsWithHowTheKeyStands() {
    lease.deliver("orders", ReleasedKeys.oct(ReleasedKeys.FIRST, 1));

    assertThat(source.next()).isEqualTo(version(FIRST, "Current"));
    assertThat(source.next()).isEmpty();
  }

  @Test
  void tellsOfANewVersionThatReplacesAnother() {
    lease.deliver("orders", ReleasedKeys.oct(ReleasedKeys.FIRST, 1));
    source.next();
    lease.deliver("orders", ReleasedKeys.oct(ReleasedKeys.SECOND, 2));
    lease.settle(
        "orders",
        List.of(
            new GrantedVersion(SECOND, VersionState.Current),
            new GrantedVersion(FIRST, VersionState.Overlap)));

    assertThat(source.next()).isEqualTo(version(SECOND, "Current") + version(FIRST, "Overlap"));

    lease.settle("orders", List.of(new GrantedVersion(SECOND, VersionState.Current)));
    assertThat(source.next())
        .isEqualTo("event: retired\ndata: {\"name\":\"orders\",\"version\":\"" + FIRST + "\"}\n\n");
  }

  @Test
  void tellsOfADenialOnceAndOfItsEnd() {
    board.post(
        ReleaseOutcome.of("orders", new RefusedException(Reason.PolicyDenied, "A \"c\".\n")));

    assertThat(source.next())
        .isEqualTo(
            "event: denied\ndata: {\"name\":\"orders\",\"code\":\"PolicyDenied\","
                + "\"detail\":\"A \\\"c\\\".\\n\"}\n\n");
    assertThat(source.next()).isEmpty();

    board.forget("orders");
    assertThat(source.next()).isEqualTo("event: recovered\ndata: {\"name\":\"orders\"}\n\n");
  }

  @Test
  void tellsAPassingFaultFromADenial() {
    board.post(
        ReleaseOutcome.of("orders", new UnavailableException(Reason.VaultUnavailable, "Down.")));

    assertThat(source.next()).startsWith("event: unavailable\n").contains("VaultUnavailable");
  }

  @Test
  void saysWhenNobodyListensAnyMore() {
    source.close();

    assertThat(isClosed).isTrue();
  }

  private static String version(KeyVersion version, String state) {
    return "event: version\ndata: {\"name\":\"orders\",\"version\":\""
        + version
        + "\",\"state\":\""
        + state
        + "\"}\n\n";
  }
}
