package dev.keygate.operator.exportablekey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnerTest {

  @ParameterizedTest
  @CsvSource({
    "payments/orders, uid-1, OURS",
    "renamed/elsewhere, uid-1, OURS",
    "payments/orders, uid-2, FREE",
    "payments/other, uid-2, ANOTHERS",
    "billing/orders, uid-2, ANOTHERS",
  })
  void tellsWhoseKeyItIs(String owner, String uid, Owner.Claim claim) {
    assertThat(Specs.OWNER.claimOn(Map.of("keygate-owner", owner, "keygate-owner-uid", uid)))
        .isEqualTo(claim);
  }

  @Test
  void keyWithoutTagsIsFree() {
    assertThat(Specs.OWNER.claimOn(Map.of("team", "orders"))).isEqualTo(Owner.Claim.FREE);
  }

  @Test
  void tagsFitIntoWhatVaultsTake() {
    Owner owner = new Owner("n".repeat(63), "o".repeat(253), "u".repeat(36));

    assertThat(owner.tags().values()).allMatch(value -> value.length() <= 256);
    assertThat(owner.claimOn(owner.tags())).isEqualTo(Owner.Claim.OURS);
  }
}
