package dev.keygate.operator.leader;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class LeaseReturnTest {

  private static final Replica ONE = new Replica("keygate-system", "one");

  @Test
  void ownLeaseBecomesNobodysAtItsVersion() {
    Lease freed = LeaseReturn.freed(heldBy("one"), ONE).orElseThrow();

    assertThat(freed.getSpec().getHolderIdentity()).isEmpty();
    assertThat(freed.getSpec().getLeaseDurationSeconds()).isEqualTo(1);
    assertThat(freed.getSpec().getLeaseTransitions()).isEqualTo(3);
    assertThat(freed.getMetadata().getResourceVersion()).isEqualTo("77");
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(strings = {"two", "One", "one "})
  void leaseOfAnotherOrNobodyIsLeftAlone(String holder) {
    assertThat(LeaseReturn.freed(heldBy(holder), ONE)).isEmpty();
  }

  @Test
  void nothingIsGivenBackWhereThereIsNoLease() {
    assertThat(LeaseReturn.freed(null, ONE)).isEmpty();
    assertThat(LeaseReturn.freed(new Lease(), ONE)).isEmpty();
  }

  private static Lease heldBy(String holder) {
    return new LeaseBuilder()
        .withNewMetadata()
        .withNamespace("keygate-system")
        .withName(Leadership.LEASE)
        .withResourceVersion("77")
        .endMetadata()
        .withNewSpec()
        .withHolderIdentity(holder)
        .withLeaseDurationSeconds(15)
        .withLeaseTransitions(3)
        .endSpec()
        .build();
  }
}
