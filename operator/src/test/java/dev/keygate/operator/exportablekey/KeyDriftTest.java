package dev.keygate.operator.exportablekey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.keygate.azure.keyvault.KeyLifetime;
import dev.keygate.operator.exportablekey.KeyDecision.CorrectPolicy;
import dev.keygate.operator.exportablekey.KeyDecision.CorrectProperties;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the decider does about a key that exists and may be managed. */
class KeyDriftTest {

  static Stream<Arguments> settled() {
    return Stream.of(
        Arguments.of("", Named.of("the same, spelled by the vault", VaultKeys.inSync())),
        Arguments.of(
            "",
            Named.of(
                "all that the type can do, in another order",
                VaultKeys.inSync()
                    .withOperations(
                        "unwrapKey", "wrapKey", "verify", "sign", "decrypt", "encrypt"))),
        Arguments.of(
            "keyOperations: [encrypt, decrypt]",
            Named.of(
                "operations in another order",
                VaultKeys.inSync().withOperations("decrypt", "encrypt"))),
        Arguments.of(
            "",
            Named.of(
                "a validity period that the spec leaves to the vault",
                VaultKeys.inSync()
                    .withLifetime(
                        new KeyLifetime(true, Optional.of(Instant.EPOCH), Optional.empty())))),
        Arguments.of("", Named.of("the same policy, immutable", VaultKeys.inSync().immutable())),
        Arguments.of(
            "attributes: {enabled: false}",
            Named.of("disabled as told", VaultKeys.inSync().disabled())));
  }

  @ParameterizedTest
  @MethodSource("settled")
  void leavesKeyAloneThatIsAsTheSpecSays(String spec, VaultKeys found) {
    assertThat(decide(spec, present(found)))
        .isEqualTo(
            new KeyDecision.Settle(
                found.key(), Specs.policy("v"), Specs.NO_VERSIONS.next(found.key(), List.of())));
  }

  static Stream<Arguments> drifts() {
    return Stream.of(
        drift("keyOperations: [decrypt]", "more operations", VaultKeys.inSync(), "keyOperations"),
        drift(
            "", "fewer operations", VaultKeys.inSync().withOperations("decrypt"), "keyOperations"),
        drift("", "disabled by hand", VaultKeys.inSync().disabled(), "attributes"),
        drift("attributes: {enabled: false}", "enabled by hand", VaultKeys.inSync(), "attributes"),
        drift("tags: {team: orders}", "a tag missing", VaultKeys.inSync(), "tags"),
        drift(
            "",
            "a tag too many",
            VaultKeys.inSync()
                .withTags(
                    Map.of(
                        "keygate-owner",
                        "payments/orders",
                        "keygate-owner-uid",
                        "uid-1",
                        "x",
                        "y")),
            "tags"),
        drift("adoption: IfExportable", "a key nobody manages", VaultKeys.nobodys(), "tags"),
        drift(
            "adoption: IfExportable", "an earlier object's key", VaultKeys.predecessors(), "tags"),
        drift(
            "attributes: {expires: '2027-01-01T00:00:00Z'}",
            "an expiry that is missing",
            VaultKeys.inSync(),
            "attributes"));
  }

  @ParameterizedTest
  @MethodSource("drifts")
  void correctsProperties(String spec, VaultKeys found, String drift) {
    assertThat(decide(spec, present(found)))
        .asInstanceOf(type(CorrectProperties.class))
        .satisfies(correct -> assertThat(correct.drift()).isEqualTo(drift))
        .satisfies(
            correct ->
                assertThat(correct.properties().tags()).containsAllEntriesOf(Specs.OWNER.tags()));
  }

  @Test
  void keepsWhatTheSpecLeavesToTheVaultWhenItCorrectsTheRest() {
    KeyLifetime found = new KeyLifetime(false, Optional.of(Instant.EPOCH), Optional.empty());

    assertThat(decide("", present(VaultKeys.inSync().withLifetime(found))))
        .asInstanceOf(type(CorrectProperties.class))
        .satisfies(
            correct -> {
              assertThat(correct.properties().lifetime())
                  .isEqualTo(new KeyLifetime(true, Optional.of(Instant.EPOCH), Optional.empty()));
              assertThat(correct.properties().operations())
                  .isEqualTo(VaultKeys.inSync().properties().operations());
            });
  }

  @Test
  void disablesKeyEvenIfItsPolicyCannotBeWritten() {
    VaultKeys found = VaultKeys.inSync().withPolicy(Specs.policyJson("w")).immutable();

    assertThat(decide("attributes: {enabled: false}", present(found)))
        .asInstanceOf(type(CorrectProperties.class))
        .extracting(correct -> correct.properties().lifetime().enabled())
        .isEqualTo(false);
  }

  @Test
  void enablesKeyOnlyOnceItsPolicyIsInSync() {
    VaultKeys found = VaultKeys.inSync().disabled();

    assertThat(decide("", present(found.withPolicy(Specs.policyJson("w")))))
        .isInstanceOf(CorrectPolicy.class);
    assertThat(decide("", present(found)))
        .asInstanceOf(type(CorrectProperties.class))
        .extracting(correct -> correct.properties().lifetime().enabled())
        .isEqualTo(true);
  }

  static Stream<Arguments> policies() {
    return Stream.of(
        Arguments.of(
            "", Named.of("another value", VaultKeys.inSync().withPolicy(Specs.policyJson("w")))),
        Arguments.of("", Named.of("unreadable", VaultKeys.inSync().withPolicy("{}"))),
        Arguments.of(
            "policyImmutability: Immutable", Named.of("not immutable yet", VaultKeys.inSync())));
  }

  @ParameterizedTest
  @MethodSource("policies")
  void correctsPolicy(String spec, VaultKeys found) {
    assertThat(decide(spec, present(found)))
        .asInstanceOf(type(CorrectPolicy.class))
        .satisfies(correct -> assertThat(correct.key()).isEqualTo(VaultKeys.BASE))
        .satisfies(correct -> assertThat(correct.policy().json()).contains("\"equals\":\"v\""));
  }

  private static Arguments drift(String spec, String name, VaultKeys found, String drift) {
    return Arguments.of(spec, Named.of(name, found), drift);
  }

  private static VaultState present(VaultKeys found) {
    return new VaultState.Present(found.key());
  }

  private static KeyDecision decide(String spec, VaultState state) {
    return KeyDecider.decide(
        new KeyObservation(
            Specs.OWNER,
            Specs.rsa(spec),
            new PolicyReference.Found(Specs.policy("v")),
            state,
            Specs.NO_VERSIONS));
  }
}
