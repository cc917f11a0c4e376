package dev.keygate.sidecar.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.endpoint.AuthorityEndpoint;
import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.failure.UnavailableException;
import dev.keygate.policy.PolicyParser;
import dev.keygate.policy.ReleasePolicyDocument;
import dev.keygate.sidecar.delivery.MemoryLease;
import dev.keygate.sidecar.testing.FakeTime;
import dev.keygate.sidecar.testing.ReleasedKeys;
import dev.keygate.sidecar.testing.TestAuthority;
import dev.keygate.sidecar.testing.TestGuest;
import dev.keygate.sidecar.testing.TestVault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is done again, what is not, and what is kept for it. */
class ReleaseFlowRecoveryTest {

  private static final String KEY = "https://" + TestVault.HOST + "/keys/orders";
  private static final AuthorityEndpoint OTHER =
      new AuthorityEndpoint("other.neu.attest.azure.net");

  private final TestGuest guest = new TestGuest();
  private final TestVault vault = new TestVault();
  private final MemoryLease lease = new MemoryLease();
  private final FakeTime time = new FakeTime();
  private final ReleaseFlow flow = ReleaseFlowTest.flow(guest, vault, lease, time);

  @AfterEach
  void close() {
    flow.close();
    lease.close();
  }

  @Test
  void attestsAgainOnceWhenPcrsMove() throws Exception {
    guest.movePcrs(1);
    assertThat(release(target("orders"))).isInstanceOf(ReleaseOutcome.Released.class);
    assertThat(guest.attestations()).isEqualTo(2);
    assertThat(guest.closed()).isEqualTo(2);
  }

  @Test
  void saysSoWhenPcrsMoveAgain() throws Exception {
    guest.movePcrs(2);
    assertThat(reason(release(target("orders")))).isEqualTo("PcrsMoved");
    assertThat(guest.attestations()).isEqualTo(2);
    assertThat(guest.closed()).isEqualTo(2);
    assertThat(lease.held("orders")).isEmpty();
  }

  @Test
  void attestsAgainOnceWhenPcrsMoveDuringTheAttestation() throws Exception {
    guest.fail(new UnavailableException(Reason.PcrsMoved, "PCRs moved."));
    assertThat(reason(release(target("orders")))).isEqualTo("PcrsMoved");
    assertThat(guest.attestations()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  void waitsForTheVaultWithTheAttestationItHas(int status) throws Exception {
    vault.answer(status);
    release(target("orders"));
    vault.answer(200);
    time.pass(GuestKeeper.LONGEST.minusSeconds(1));
    assertThat(release(target("orders"))).isInstanceOf(ReleaseOutcome.Released.class);
    assertThat(guest.attestations()).isEqualTo(1);
    assertThat(guest.closed()).isEqualTo(1);
  }

  @Test
  void attestsAnewWhenTheKeptAttestationIsTooOld() throws Exception {
    vault.answer(429);
    release(target("orders"));
    time.pass(GuestKeeper.LONGEST.dividedBy(2));
    release(target("orders"));
    time.pass(GuestKeeper.LONGEST.dividedBy(2));
    release(target("orders"));
    assertThat(guest.attestations()).isEqualTo(2);
    assertThat(guest.closed()).isEqualTo(1);
  }

  @Test
  void keepsNoAttestationLongerThanItsToken() throws Exception {
    time.pass(Duration.between(FakeTime.START, TestAuthority.token("").expiresAt()));
    vault.answer(429);
    release(target("orders"));
    release(target("orders"));
    assertThat(guest.attestations()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 404})
  void keepsNoAttestationAfterARefusal(int status) throws Exception {
    vault.answer(status);
    release(target("orders"));
    assertThat(guest.closed()).isEqualTo(1);
  }

  @Test
  void forgetsTheKeptAttestationWhenItIsClosed() throws Exception {
    vault.answer(429);
    release(target("orders"));
    assertThat(guest.closed()).isZero();
    flow.close();
    assertThat(guest.closed()).isEqualTo(1);
  }

  @Tag("rival-13")
  @Test
  void asksTheVaultOnceForAKeyThatHasTwoNames() throws Exception {
    List<ReleaseOutcome> outcomes = flow.release(List.of(target("orders"), target("bills")));
    assertThat(outcomes).allMatch(ReleaseOutcome.Released.class::isInstance);
    assertThat(vault.asked()).hasSize(1);
    assertThat(lease.held("orders")).hasSize(1);
    assertThat(lease.held("bills")).hasSize(1);
  }

  @Test
  void asksTheVaultForEachVersion() throws Exception {
    flow.release(
        List.of(
            target("orders", "/" + ReleasedKeys.FIRST, Optional.empty()),
            target("orders", "/" + ReleasedKeys.SECOND, Optional.empty())));
    assertThat(vault.asked()).hasSize(2);
  }

  @Test
  void asksOnlyAuthoritiesThatThePolicyNames() throws Exception {
    guest.pin(OTHER, TestAuthority.ENDPOINT);
    assertThat(release(target("orders", "", Optional.of(policy(TestAuthority.ENDPOINT)))))
        .isInstanceOf(ReleaseOutcome.Released.class);
    assertThat(guest.asked()).containsExactly(List.of(TestAuthority.ENDPOINT));
  }

  @Test
  void asksNobodyIfThePolicyNamesNoPinnedAuthority() throws Exception {
    ReleaseOutcome outcome = release(target("orders", "", Optional.of(policy(OTHER))));
    assertThat(outcome)
        .isInstanceOfSatisfying(
            ReleaseOutcome.Refused.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(Reason.PolicyDenied);
              assertThat(refused.message()).contains(OTHER.toString());
            });
    assertThat(guest.attestations()).isZero();
    assertThat(vault.asked()).isEmpty();
  }

  @Test
  void asksTheAuthorityThatWasLeftOutForAnotherKeysSakeWhenItsOwnIsSilent() throws Exception {
    guest.pin(TestAuthority.ENDPOINT, OTHER);
    guest.fail(new UnavailableException(Reason.AttestationUnavailable, "Silent."));
    List<ReleaseOutcome> outcomes =
        flow.release(
            List.of(target("any"), target("one", "", Optional.of(policy(TestAuthority.ENDPOINT)))));
    assertThat(outcomes).allMatch(o -> reason(o).equals("AttestationUnavailable"));
    assertThat(guest.asked()).containsExactly(List.of(TestAuthority.ENDPOINT), List.of(OTHER));
  }

  @Test
  void asksNoOtherAuthorityAfterARefusal() throws Exception {
    guest.pin(TestAuthority.ENDPOINT, OTHER);
    guest.fail(new RefusedException(Reason.AttestationRefused, "No."));
    flow.release(
        List.of(target("any"), target("one", "", Optional.of(policy(TestAuthority.ENDPOINT)))));
    assertThat(guest.attestations()).isEqualTo(1);
  }

  private ReleaseOutcome release(KeyTarget target) throws InterruptedException {
    return flow.release(List.of(target)).getFirst();
  }

  private static String reason(ReleaseOutcome outcome) {
    return OutcomeKind.of(outcome).reason();
  }

  private static KeyTarget target(String name) throws Exception {
    return target(name, "", Optional.empty());
  }

  private static KeyTarget target(
      String name, String version, Optional<ReleasePolicyDocument> policy) throws Exception {
    return new KeyTarget(name, KeyIdentifier.parse(KEY + version), policy);
  }

  private static ReleasePolicyDocument policy(AuthorityEndpoint authority) throws Exception {
    return PolicyParser.parse(
        "{\"anyOf\":[{\"authority\":\""
            + authority
            + "\",\"allOf\":[{\"claim\":\"secureboot\",\"equals\":true}]}]}");
  }
}
