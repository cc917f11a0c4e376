package dev.keygate.sidecar.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.keygate.contract.GrantedVersion;
import dev.keygate.contract.VersionState;
import dev.keygate.endpoint.KeyVersion;
import dev.keygate.sidecar.secret.Purpose;
import dev.keygate.sidecar.secret.SecretBytes;
import dev.keygate.sidecar.testing.ReleasedKeys;
import dev.keygate.sidecar.unwrap.KeyEncoding;
import dev.keygate.sidecar.unwrap.ReleasedKey;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MemoryLeaseTest {

  private static final KeyVersion FIRST = new KeyVersion(ReleasedKeys.FIRST);
  private static final KeyVersion SECOND = new KeyVersion(ReleasedKeys.SECOND);

  private final MemoryLease lease = new MemoryLease();

  @AfterEach
  void close() {
    lease.close();
  }

  @Test
  void servesTheFirstVersionAsCurrent() {
    lease.deliver("k", ReleasedKeys.oct(ReleasedKeys.FIRST, 1));

    assertThat(octet(Optional.empty())).isEqualTo(1);
    assertThat(lease.has("k", FIRST)).isTrue();
    assertThat(lease.has("k", SECOND)).isFalse();
    assertThat(lease.has("other", FIRST)).isFalse();
  }

  @Test
  void servesBothVersionsUntilTheOverlapEnds() {
    lease.deliver("k", ReleasedKeys.oct(ReleasedKeys.FIRST, 1));
    lease.deliver("k", ReleasedKeys.oct(ReleasedKeys.SECOND, 2));

    lease.settle("k", List.of(current(SECOND), overlap(FIRST)));

    assertThat(octet(Optional.empty())).isEqualTo(2);
    assertThat(octet(Optional.of(FIRST))).isEqualTo(1);
    assertThat(lease.held("k"))
        .extracting(HeldVersion::state)
        .containsExactly(VersionState.Current, VersionState.Overlap);
  }

  @Test
  void zeroesAVersionThatIsNoLongerGranted() {
    ReleasedKey first = ReleasedKeys.oct(ReleasedKeys.FIRST, 1);
    lease.deliver("k", first);
    lease.deliver("k", ReleasedKeys.oct(ReleasedKeys.SECOND, 2));

    lease.settle("k", List.of(current(SECOND)));

    assertThat(lease.write("k", Optional.of(FIRST), KeyEncoding.RAW))
        .isInstanceOf(LeaseAnswer.VersionNotHeld.class);
    assertThatIllegalStateException().isThrownBy(() -> first.encode(KeyEncoding.RAW));
  }

  @Test
  void keepsServingTheOldVersionUntilTheNewOneIsThere() {
    lease.deliver("k", ReleasedKeys.oct(ReleasedKeys.FIRST, 1));

    lease.settle("k", List.of(current(SECOND)));

    assertThat(octet(Optional.empty())).isEqualTo(1);
  }

  @Test
  void changesNothingForAnEmptyGrant() {
    lease.deliver("k", ReleasedKeys.oct(ReleasedKeys.FIRST, 1));

    lease.settle("k", List.of());
    lease.settle("other", List.of(current(FIRST)));

    assertThat(octet(Optional.empty())).isEqualTo(1);
  }

  @Test
  void zeroesWhatIsReplaced() {
    ReleasedKey before = ReleasedKeys.oct(ReleasedKeys.FIRST, 1);
    lease.deliver("k", before);
    lease.deliver("k", ReleasedKeys.oct(ReleasedKeys.FIRST, 9));

    assertThat(octet(Optional.empty())).isEqualTo(9);
    assertThatIllegalStateException().isThrownBy(() -> before.encode(KeyEncoding.RAW));
  }

  @Test
  void zeroesAWithdrawnVersionAndServesTheOther() {
    ReleasedKey first = ReleasedKeys.oct(ReleasedKeys.FIRST, 1);
    lease.deliver("k", first);
    lease.deliver("k", ReleasedKeys.oct(ReleasedKeys.SECOND, 2));

    lease.withdraw("k", FIRST);
    lease.withdraw("k", FIRST);
    lease.withdraw("other", FIRST);

    assertThat(lease.present("k")).containsExactly(SECOND);
    assertThat(lease.serves("k")).as("the current one went").isFalse();
    assertThat(octet(Optional.of(SECOND))).isEqualTo(2);
    assertThatIllegalStateException().isThrownBy(() -> first.encode(KeyEncoding.RAW));
  }

  @Test
  void holdsNothingOnceClosed() {
    ReleasedKey key = ReleasedKeys.oct(ReleasedKeys.FIRST, 1);
    lease.deliver("k", key);
    lease.close();

    assertThat(lease.write("k", Optional.empty(), KeyEncoding.RAW))
        .isInstanceOf(LeaseAnswer.NothingHeld.class);
    assertThatIllegalStateException().isThrownBy(() -> key.encode(KeyEncoding.RAW));
  }

  private int octet(Optional<KeyVersion> version) {
    LeaseAnswer answer = lease.write("k", version, KeyEncoding.RAW);
    assertThat(answer).isInstanceOf(LeaseAnswer.Written.class);
    try (SecretBytes text = ((LeaseAnswer.Written) answer).text()) {
      return text.reveal(Purpose.VERIFY, octets -> (int) octets[0]);
    }
  }

  private static GrantedVersion current(KeyVersion version) {
    return new GrantedVersion(version, VersionState.Current);
  }

  private static GrantedVersion overlap(KeyVersion version) {
    return new GrantedVersion(version, VersionState.Overlap);
  }
}
