package dev.keygate.sidecar.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.keygate.contract.GrantedVersion;
import dev.keygate.contract.VersionState;
import dev.keygate.endpoint.KeyVersion;
import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;
import dev.keygate.failure.UnavailableException;
import dev.keygate.sidecar.testing.ReleasedKeys;
import dev.keygate.sidecar.unwrap.KeyEncoding;
import dev.keygate.sidecar.unwrap.ReleasedKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EverySinkTest {

  private static final KeyVersion FIRST = new KeyVersion(ReleasedKeys.FIRST);
  private static final List<GrantedVersion> GRANTED =
      List.of(new GrantedVersion(FIRST, VersionState.Current));

  private final MemoryLease lease = new MemoryLease();
  private final FullVolume full = new FullVolume();

  @AfterEach
  void close() {
    lease.close();
  }

  @Test
  void hasAndServesWhatEverySinkHas() throws Exception {
    try (MemoryLease other = new MemoryLease()) {
      EverySink both = new EverySink(List.of(lease, other));

      lease.deliver("orders", ReleasedKeys.oct(ReleasedKeys.FIRST, 1));
      assertThat(both.has("orders", FIRST)).isFalse();
      assertThat(both.serves("orders")).isFalse();

      both.deliver("orders", ReleasedKeys.oct(ReleasedKeys.FIRST, 1));
      assertThat(both.has("orders", FIRST)).isTrue();
      assertThat(both.serves("orders")).isTrue();
    }
  }

  @Test
  void closesTheKeyAndLeavesEachSinkItsOwn() throws Exception {
    ReleasedKey key = ReleasedKeys.oct(ReleasedKeys.FIRST, 1);

    new EverySink(List.of(lease)).deliver("orders", key);

    assertThatIllegalStateException().isThrownBy(() -> key.encode(KeyEncoding.RAW));
    LeaseAnswer answer = lease.write("orders", Optional.empty(), KeyEncoding.RAW);
    assertThat(answer).isInstanceOf(LeaseAnswer.Written.class);
    ((LeaseAnswer.Written) answer).text().close();
  }

  @Test
  void deliversToTheOthersWhenOneFails() {
    EverySink both = new EverySink(List.of(full, lease));
    ReleasedKey key = ReleasedKeys.oct(ReleasedKeys.FIRST, 1);

    fails(() -> both.deliver("orders", key));

    assertThat(lease.has("orders", FIRST)).isTrue();
    assertThat(both.has("orders", FIRST)).isFalse();
    assertThat(both.serves("orders")).isFalse();
    assertThatIllegalStateException().isThrownBy(() -> key.encode(KeyEncoding.RAW));
  }

  @Test
  void settlesTheOthersWhenOneFails() {
    lease.deliver("orders", ReleasedKeys.oct(ReleasedKeys.SECOND, 2));
    lease.deliver("orders", ReleasedKeys.oct(ReleasedKeys.FIRST, 1));

    fails(() -> new EverySink(List.of(full, lease, full)).settle("orders", GRANTED));

    assertThat(lease.held("orders"))
        .extracting(held -> held.description().identifier().version())
        .containsExactly(Optional.of(FIRST));
  }

  @Test
  void withdrawsFromTheOthersWhenOneFails() {
    lease.deliver("orders", ReleasedKeys.oct(ReleasedKeys.FIRST, 1));

    fails(() -> new EverySink(List.of(full, lease)).withdraw("orders", FIRST));

    assertThat(lease.present("orders")).isEmpty();
  }

  @Test
  void hasPresentWhatOneSinkHas() throws Exception {
    lease.deliver("orders", ReleasedKeys.oct(ReleasedKeys.FIRST, 1));

    assertThat(new EverySink(List.of(full, lease)).present("orders")).containsExactly(FIRST);
  }

  private interface Call {
    void run() throws Exception;
  }

  private static void fails(Call call) {
    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(call::run)
        .returns(Reason.DeliveryFailed, FailureException::reason);
  }

  /** A sink that has no room. */
  private static final class FullVolume implements KeySink {

    @Override
    public void deliver(String name, ReleasedKey key) throws FailureException {
      key.close();
      throw new UnavailableException(Reason.DeliveryFailed, "No room.");
    }

    @Override
    public boolean has(String name, KeyVersion version) {
      return false;
    }

    @Override
    public void settle(String name, List<GrantedVersion> granted) throws FailureException {
      throw new UnavailableException(Reason.DeliveryFailed, "No room.");
    }

    @Override
    public void withdraw(String name, KeyVersion version) throws FailureException {
      throw new UnavailableException(Reason.DeliveryFailed, "full");
    }

    @Override
    public Set<KeyVersion> present(String name) {
      return Set.of();
    }

    @Override
    public boolean serves(String name) {
      return false;
    }
  }
}
