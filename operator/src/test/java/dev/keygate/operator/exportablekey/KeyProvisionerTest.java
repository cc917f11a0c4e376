package dev.keygate.operator.exportablekey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.keygate.api.v1alpha1.KeyVersionState;
import dev.keygate.api.v1alpha1.KeyVersionStatus;
import dev.keygate.azure.keyvault.VaultKey;
import dev.keygate.azure.keyvault.VaultKeyVersion;
import dev.keygate.condition.ConditionType;
import dev.keygate.contract.GrantedVersion;
import dev.keygate.contract.VersionState;
import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.endpoint.KeyVersion;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.failure.UnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyProvisionerTest {

  private final FakeVault vault = new FakeVault();
  private final KeyTurns turns = new KeyTurns();
  private final List<KeyDecision.Step> taken = new ArrayList<>();
  private VersionLedger ledger = Specs.NO_VERSIONS;

  @Test
  void createsAbsentKeyAndReadsItBack() throws InterruptedException {
    KeyOutcome outcome = provision("");

    assertThat(outcome).isInstanceOf(KeyOutcome.Settled.class);
    assertThat(vault.calls).containsExactly("get", "create", "get");
    assertThat(taken).singleElement().isInstanceOf(KeyDecision.Create.class);
  }

  @Test
  void asksOnceAndWritesNothingWhenTheKeyIsInSync() throws InterruptedException {
    vault.key = VaultKeys.inSync().key();

    assertThat(provision("")).isInstanceOf(KeyOutcome.Settled.class);
    assertThat(vault.calls).containsExactly("get");
    assertThat(taken).isEmpty();
  }

  @Test
  void correctsEverythingThatDiffersInOneRun() throws InterruptedException {
    vault.key = VaultKeys.inSync().disabled().withPolicy(Specs.policyJson("w")).key();

    assertThat(provision("tags: {team: orders}")).isInstanceOf(KeyOutcome.Settled.class);
    assertThat(vault.calls)
        .containsExactly("get", "update", "get", "patchPolicy", "get", "update", "get");
  }

  @Test
  void recoversDeletedKeyAndBringsItUpToDate() throws InterruptedException {
    vault.deleted = VaultKeys.inSync().withPolicy(Specs.policyJson("w")).key();

    assertThat(provision("softDeletedName: Recover")).isInstanceOf(KeyOutcome.Settled.class);
    assertThat(vault.calls)
        .containsExactly("get", "create", "getDeleted", "recover", "get", "patchPolicy", "get");
  }

  @Test
  void leavesDeletedKeyAloneUnlessTheSpecSaysOtherwise() throws InterruptedException {
    vault.deleted = VaultKeys.inSync().key();

    assertThat(provision(""))
        .asInstanceOf(type(KeyOutcome.Stopped.class))
        .extracting(stopped -> stopped.cause().reason())
        .isEqualTo(Reason.KeySoftDeleted.name());
    assertThat(vault.calls).doesNotContain("recover");
  }

  @ParameterizedTest
  @CsvSource({
    "NotAuthorized, Authorized",
    "NetworkNotAllowed, Authorized",
    "VaultUnauthenticated, Authorized",
    "IdentityRefused, Authorized",
    "VaultRefused, Provisioned",
    "KeyDisabled, Provisioned",
    "PolicyImmutable, PolicyInSync",
  })
  void stopsWhereTheVaultRefuses(Reason reason, ConditionType at) throws InterruptedException {
    vault.failure = new RefusedException(reason, "no");

    assertThat(provision("")).isEqualTo(new KeyOutcome.Stopped(at, Cause.of(reason, "no")));
    assertThat(vault.calls).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"VaultThrottled", "VaultUnavailable", "IdentityUnavailable"})
  void postponesWhatTimeMayCure(Reason reason) throws InterruptedException {
    vault.failure = new UnavailableException(reason, "later", Duration.ofSeconds(7), null);

    assertThat(provision(""))
        .asInstanceOf(type(KeyOutcome.Postponed.class))
        .satisfies(postponed -> assertThat(postponed.cause().reason()).isEqualTo(reason.name()))
        .satisfies(postponed -> assertThat(postponed.retryAfter()).contains(Duration.ofSeconds(7)));
    assertThat(vault.calls).hasSize(1);
  }

  @Test
  void listsVersionsOnceAfterARotation() throws InterruptedException {
    vault.key = VaultKeys.inSync().key();
    rotatedFrom("a".repeat(32));

    assertThat(provision(""))
        .asInstanceOf(type(KeyOutcome.Settled.class))
        .extracting(settled -> settled.versions().granted())
        .isEqualTo(
            List.of(
                new GrantedVersion(new KeyVersion(Specs.VERSION), VersionState.Current),
                new GrantedVersion(new KeyVersion("a".repeat(32)), VersionState.Overlap)));
    assertThat(vault.calls).containsExactly("get", "versions");
    assertThat(taken).isEmpty();
  }

  @Test
  void listsVersionsOnlyOnceTheKeyIsAsItShouldBe() throws InterruptedException {
    vault.key = VaultKeys.inSync().withPolicy(Specs.policyJson("w")).key();
    rotatedFrom("a".repeat(32));

    assertThat(provision("")).isInstanceOf(KeyOutcome.Settled.class);
    assertThat(vault.calls).containsExactly("get", "patchPolicy", "get", "versions");
  }

  @Test
  void settlesNothingWhenVersionsCannotBeListed() throws InterruptedException {
    vault.key = VaultKeys.inSync().key();
    rotatedFrom("a".repeat(32));
    vault.listFailure = new RefusedException(Reason.NotAuthorized, "no list");

    assertThat(provision(""))
        .isEqualTo(
            new KeyOutcome.Stopped(
                ConditionType.Authorized, Cause.of(Reason.NotAuthorized, "no list")));

    vault.listFailure = new UnavailableException(Reason.VaultThrottled, "later", null, null);

    assertThat(provision("")).isInstanceOf(KeyOutcome.Postponed.class);
  }

  @Test
  void takesANewVersionThatSomebodyAddedByHandToOurKey() throws InterruptedException {
    vault.key = VaultKeys.nobodys().key();
    vault.earlier = VaultKeys.inSync().key();
    rotatedFrom("a".repeat(32));

    assertThat(provision("")).isInstanceOf(KeyOutcome.Settled.class);
    assertThat(vault.calls).containsExactly("get", "get", "update", "get", "versions");
    assertThat(vault.key.properties().tags()).isEqualTo(Specs.OWNER.tags());
  }

  @Test
  void leavesAKeyOfWhichNoEarlierVersionIsOurs() throws InterruptedException {
    vault.key = VaultKeys.nobodys().key();
    rotatedFrom("a".repeat(32));
    for (VaultKey earlier :
        Arrays.asList(
            null,
            VaultKeys.nobodys().key(),
            VaultKeys.anothers().key(),
            VaultKeys.predecessors().key())) {
      vault.earlier = earlier;

      assertThat(provision(""))
          .asInstanceOf(type(KeyOutcome.Stopped.class))
          .extracting(stopped -> stopped.cause().reason())
          .isEqualTo(Reason.KeyExists.name());
    }
    assertThat(vault.calls).containsOnly("get");
  }

  @Test
  void leavesAnothersKeyEvenIfAnEarlierVersionWasOurs() throws InterruptedException {
    vault.key = VaultKeys.anothers().key();
    vault.earlier = VaultKeys.inSync().key();
    rotatedFrom("a".repeat(32));

    assertThat(provision("")).isInstanceOf(KeyOutcome.Stopped.class);
    assertThat(vault.calls).containsExactly("get");
  }

  @Test
  void asksForNoEarlierVersionByAStatusThatNamesNone() throws InterruptedException {
    vault.key = VaultKeys.nobodys().key();
    rotatedFrom("a".repeat(32));
    KeyVersionStatus forged =
        new KeyVersionStatus("../secrets/x", KeyVersionState.Current, null, null);
    ledger = new VersionLedger(List.of(forged), Duration.ofDays(1), Specs.NO_VERSIONS.now());

    assertThat(provision("")).isInstanceOf(KeyOutcome.Stopped.class);
    assertThat(vault.calls).containsExactly("get");
  }

  private void rotatedFrom(String earlier) {
    vault.listed =
        List.of(
            new VaultKeyVersion(VaultKeys.BASE.at(new KeyVersion(earlier)), true, Instant.EPOCH));
    KeyVersionStatus status = new KeyVersionStatus(earlier, KeyVersionState.Current, null, null);
    ledger = new VersionLedger(List.of(status), Duration.ofDays(1), Specs.NO_VERSIONS.now());
  }

  @Test
  void givesUpForNowWhenChangesDoNotStay() throws InterruptedException {
    vault.key = VaultKeys.inSync().withPolicy(Specs.policyJson("w")).key();
    vault.forgetsChanges = true;

    assertThat(provision(""))
        .asInstanceOf(type(KeyOutcome.Postponed.class))
        .extracting(postponed -> postponed.cause().reason())
        .isEqualTo(Reason.VaultUnavailable.name());
    assertThat(vault.calls).hasSizeLessThan(20);
  }

  @Test
  void makesAKeyOnceThoughTheVaultDoesNotShowItYet() throws InterruptedException {
    vault.hidesWhatIsMade = true;

    assertThat(provision("")).isInstanceOf(KeyOutcome.Postponed.class);
    assertThat(vault.calls).containsExactly("get", "create", "get");
  }

  @Test
  void postponesWhatOnlyLooksLikeAnAnswer() throws InterruptedException {
    vault.key = VaultKeys.inSync().key();
    vault.failure = new RefusedException(Reason.VaultResponseMalformed, "half an answer");

    assertThat(provision(""))
        .asInstanceOf(type(KeyOutcome.Postponed.class))
        .extracting(postponed -> postponed.cause().reason())
        .isEqualTo(Reason.VaultResponseMalformed.name());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "keyName: Orders", "keyName: ORDERS"})
  void leavesTheVaultAloneWhileAnotherObjectIsAtWorkOnTheKey(String spec) throws Exception {
    try (var _ = turns.begin(VaultKeys.BASE)) {
      assertThat(provision(spec)).isInstanceOf(KeyOutcome.Postponed.class);
    }
    assertThat(vault.calls).isEmpty();

    assertThat(provision(spec)).isInstanceOf(KeyOutcome.Settled.class);
  }

  @Test
  void isNotHeldUpByWorkOnAnotherKey() throws Exception {
    try (var _ = turns.begin(KeyIdentifier.of(VaultKeys.BASE.vault(), "orders2"))) {
      assertThat(provision("")).isInstanceOf(KeyOutcome.Settled.class);
    }
  }

  @Test
  void doesNotAskTheVaultWithoutPolicy() throws InterruptedException {
    KeyObservation observation =
        new KeyObservation(
            Specs.OWNER,
            Specs.rsa(""),
            new PolicyReference.Missing("cvm"),
            new VaultState.NotAsked(),
            Specs.NO_VERSIONS);

    assertThat(new KeyProvisioner(vault, turns).provision(observation, taken::add))
        .isInstanceOf(KeyOutcome.Stopped.class);
    assertThat(vault.calls).isEmpty();
  }

  private KeyOutcome provision(String spec) throws InterruptedException {
    return new KeyProvisioner(vault, turns)
        .provision(
            new KeyObservation(
                Specs.OWNER,
                Specs.rsa(spec),
                new PolicyReference.Found(Specs.policy("v")),
                new VaultState.NotAsked(),
                ledger),
            taken::add);
  }
}
