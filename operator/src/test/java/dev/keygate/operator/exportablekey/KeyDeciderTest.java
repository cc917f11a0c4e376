package dev.keygate.operator.exportablekey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.keygate.api.v1alpha1.ExportableKeySpec;
import dev.keygate.azure.keyvault.DeletedKey;
import dev.keygate.azure.keyvault.KeyLifetime;
import dev.keygate.azure.keyvault.KeyShape;
import dev.keygate.azure.keyvault.VaultReleasePolicy.Mutability;
import dev.keygate.condition.ConditionReason;
import dev.keygate.condition.ConditionType;
import dev.keygate.failure.Reason;
import dev.keygate.operator.exportablekey.KeyDecision.Create;
import dev.keygate.operator.exportablekey.KeyDecision.Refuse;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyDeciderTest {

  private static final VaultState NOT_ASKED = new VaultState.NotAsked();
  private static final VaultState ABSENT = new VaultState.Absent();

  static Stream<Arguments> refusals() {
    return Stream.of(
        row("another object's key", "", VaultKeys.anothers(), Reason.KeyExists),
        row(
            "another object's key, adoption allowed",
            "adoption: IfExportable",
            VaultKeys.anothers(),
            Reason.KeyExists),
        row("a key nobody manages", "", VaultKeys.nobodys(), Reason.KeyExists),
        row(
            "a key of an earlier object of this name",
            "",
            VaultKeys.predecessors(),
            Reason.KeyExists),
        row(
            "a key that is not exportable",
            "",
            VaultKeys.nobodys().notExportable(),
            Reason.KeyNotExportable),
        row(
            "a key that is not exportable, adoption allowed",
            "adoption: IfExportable",
            VaultKeys.nobodys().notExportable(),
            Reason.KeyNotExportable),
        row(
            "our key, made again without export",
            "",
            VaultKeys.inSync().notExportable(),
            Reason.KeyNotExportable),
        row(
            "a key of another size",
            "",
            VaultKeys.inSync().withShape(new KeyShape.Rsa("RSA-HSM", 2048)),
            Reason.KeyMismatch),
        row(
            "a software key",
            "",
            VaultKeys.inSync().withShape(new KeyShape.Rsa("RSA", 3072)),
            Reason.KeyMismatch),
        row(
            "a key of another type",
            "",
            VaultKeys.inSync().withShape(new KeyShape.Ec("EC-HSM", "P-256")),
            Reason.KeyMismatch),
        row(
            "a key to adopt of another type",
            "adoption: IfExportable",
            VaultKeys.nobodys().withShape(new KeyShape.Oct("oct-HSM", OptionalInt.of(256))),
            Reason.KeyMismatch));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void refusesToProvision(String spec, VaultKeys found, Reason reason) {
    assertThat(decide(spec, present(found)))
        .asInstanceOf(type(Refuse.class))
        .satisfies(refuse -> assertThat(refuse.at()).isEqualTo(ConditionType.Provisioned))
        .satisfies(refuse -> assertThat(refuse.cause().reason()).isEqualTo(reason.name()))
        .satisfies(
            refuse -> assertThat(refuse.cause().message()).contains("contoso.vault.azure.net"));
  }

  @Test
  void refusesMissingPolicyBeforeAskingTheVault() {
    assertThat(decide(new PolicyReference.Missing("cvm"), NOT_ASKED))
        .asInstanceOf(type(Refuse.class))
        .satisfies(refuse -> assertThat(refuse.at()).isEqualTo(ConditionType.ResolvedRefs))
        .satisfies(
            refuse ->
                assertThat(refuse.cause().reason())
                    .isEqualTo(ConditionReason.PolicyNotFound.name()));
  }

  @Test
  void refusesRejectedPolicyAndQuotesItsCause() {
    assertThat(decide(new PolicyReference.NotAccepted("cvm", "spec.grammar: broken"), NOT_ASKED))
        .asInstanceOf(type(Refuse.class))
        .satisfies(refuse -> assertThat(refuse.at()).isEqualTo(ConditionType.ResolvedRefs))
        .satisfies(
            refuse ->
                assertThat(refuse.cause().reason())
                    .isEqualTo(ConditionReason.PolicyNotAccepted.name()))
        .satisfies(refuse -> assertThat(refuse.cause().message()).contains("spec.grammar: broken"));
  }

  @Test
  void refusesVaultOutsideAzureEvenIfTheKindsRulesWereNotInstalled() {
    KeyObservation observation =
        new KeyObservation(
            Specs.OWNER,
            Serialization.unmarshal(
                "---\n"
                    + "{vault: {url: 'https://vault.example.com'}, keyType: RSA-HSM, keySizeBits:"
                    + " 2048, releasePolicyRef: {name: cvm}}",
                ExportableKeySpec.class),
            new PolicyReference.Found(Specs.policy("v")),
            NOT_ASKED,
            Specs.NO_VERSIONS);

    assertThat(KeyDecider.decide(observation))
        .asInstanceOf(type(Refuse.class))
        .extracting(refuse -> refuse.cause().reason())
        .isEqualTo(Reason.HostNotAllowed.name());
  }

  @Test
  void refusesSoftDeletedName() {
    assertThat(decide("", softDeleted(VaultKeys.inSync())))
        .asInstanceOf(type(Refuse.class))
        .extracting(refuse -> refuse.cause().reason())
        .isEqualTo(Reason.KeySoftDeleted.name());
  }

  @Test
  void recoversSoftDeletedNameOnlyIfTheSpecSaysSo() {
    assertThat(decide("softDeletedName: Recover", softDeleted(VaultKeys.inSync())))
        .isEqualTo(new KeyDecision.Recover(VaultKeys.BASE));
  }

  static Stream<Arguments> notOurs() {
    return Stream.of(
        Arguments.of("softDeletedName: Recover", Named.of("nobody's key", VaultKeys.nobodys())),
        Arguments.of(
            "softDeletedName: Recover", Named.of("an earlier object's", VaultKeys.predecessors())),
        Arguments.of(
            "softDeletedName: Recover, adoption: IfExportable",
            Named.of("another object's", VaultKeys.anothers())));
  }

  @ParameterizedTest
  @MethodSource("notOurs")
  void neverResurrectsKeyThatItCouldNotKeep(String spec, VaultKeys found) {
    assertThat(decide(spec, softDeleted(found)))
        .asInstanceOf(type(Refuse.class))
        .extracting(refuse -> refuse.cause().reason())
        .isEqualTo(Reason.KeySoftDeleted.name());
  }

  @Test
  void recoversKeyThatItMayAdopt() {
    assertThat(
            decide(
                "softDeletedName: Recover, adoption: IfExportable",
                softDeleted(VaultKeys.nobodys())))
        .isInstanceOf(KeyDecision.Recover.class);
  }

  @Test
  void refusesToChangeImmutablePolicy() {
    assertThat(
            decide("", present(VaultKeys.inSync().withPolicy(Specs.policyJson("w")).immutable())))
        .asInstanceOf(type(Refuse.class))
        .satisfies(refuse -> assertThat(refuse.at()).isEqualTo(ConditionType.PolicyInSync))
        .satisfies(
            refuse -> assertThat(refuse.cause().reason()).isEqualTo(Reason.PolicyImmutable.name()));
  }

  @Test
  void looksBeforeItDoesAnything() {
    assertThat(decide("", NOT_ASKED)).isEqualTo(new KeyDecision.Look(VaultKeys.BASE));
  }

  @Test
  void usesKeyNameInsteadOfTheObjectsName() {
    assertThat(decide("keyName: other", NOT_ASKED))
        .asInstanceOf(type(KeyDecision.Look.class))
        .extracting(look -> look.key().name())
        .isEqualTo("other");
  }

  @Test
  void createsAbsentKeyWithPolicyAndOwnerInOneRequest() {
    assertThat(
            decide(
                "tags: {team: orders}, keyOperations: [decrypt], attributes: {enabled: false,"
                    + " expires: '2027-01-01T00:00:00Z'}",
                ABSENT))
        .asInstanceOf(type(Create.class))
        .extracting(Create::creation)
        .satisfies(
            creation -> {
              assertThat(creation.shape()).isEqualTo(new KeyShape.Rsa("RSA-HSM", 3072));
              assertThat(creation.properties().operations()).containsExactly("decrypt");
              assertThat(creation.properties().lifetime())
                  .isEqualTo(
                      new KeyLifetime(
                          false,
                          Optional.empty(),
                          Optional.of(Instant.parse("2027-01-01T00:00:00Z"))));
              assertThat(creation.properties().tags())
                  .isEqualTo(
                      Map.of(
                          "team",
                          "orders",
                          "keygate-owner",
                          "payments/orders",
                          "keygate-owner-uid",
                          "uid-1"));
              assertThat(creation.releasePolicy().mutability()).isEqualTo(Mutability.MUTABLE);
            });
  }

  static Stream<Arguments> shapes() {
    String all = "encrypt, decrypt, sign, verify, wrapKey, unwrapKey";
    return Stream.of(
        shape("RSA-HSM, keySizeBits: 2048", new KeyShape.Rsa("RSA-HSM", 2048), all),
        shape("RSA-HSM, keySizeBits: 3072", new KeyShape.Rsa("RSA-HSM", 3072), all),
        shape("RSA-HSM, keySizeBits: 4096", new KeyShape.Rsa("RSA-HSM", 4096), all),
        shape("EC-HSM, curve: P-256", new KeyShape.Ec("EC-HSM", "P-256"), "sign, verify"),
        shape("EC-HSM, curve: P-256K", new KeyShape.Ec("EC-HSM", "P-256K"), "sign, verify"),
        shape("EC-HSM, curve: P-384", new KeyShape.Ec("EC-HSM", "P-384"), "sign, verify"),
        shape("EC-HSM, curve: P-521", new KeyShape.Ec("EC-HSM", "P-521"), "sign, verify"),
        oct(128),
        oct(192),
        oct(256));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void createsEveryTypeWithAllThatItCanDo(String type, KeyShape shape, List<String> operations) {
    assertThat(KeyDecider.decide(observation(Specs.of("contoso.managedhsm.azure.net", type))))
        .asInstanceOf(type(Create.class))
        .extracting(Create::creation)
        .satisfies(creation -> assertThat(creation.shape()).isEqualTo(shape))
        .satisfies(
            creation -> assertThat(creation.properties().operations()).isEqualTo(operations));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "contoso.vault.azure.net",
        "contoso.managedhsm.azure.net",
        "contoso.vault.azure.cn",
        "contoso.managedhsm.azure.cn",
        "contoso.vault.usgovcloudapi.net",
        "contoso.managedhsm.usgovcloudapi.net"
      })
  void createsInVaultsOfEveryCloud(String host) {
    assertThat(KeyDecider.decide(observation(Specs.of(host, "EC-HSM, curve: P-256"))))
        .asInstanceOf(type(Create.class))
        .extracting(create -> create.key().toString())
        .isEqualTo("https://" + host + "/keys/orders");
  }

  private static Arguments oct(int bits) {
    return shape(
        "oct-HSM, keySizeBits: " + bits,
        new KeyShape.Oct("oct-HSM", OptionalInt.of(bits)),
        "encrypt, decrypt, wrapKey, unwrapKey");
  }

  private static Arguments shape(String type, KeyShape shape, String operations) {
    return Arguments.of(type, shape, List.of(operations.split(", ", -1)));
  }

  private static KeyObservation observation(ExportableKeySpec spec) {
    return new KeyObservation(
        Specs.OWNER, spec, new PolicyReference.Found(Specs.policy("v")), ABSENT, Specs.NO_VERSIONS);
  }

  @Test
  void createsImmutablePolicyOnlyIfTheSpecSaysSo() {
    assertThat(decide("policyImmutability: Immutable", ABSENT))
        .asInstanceOf(type(Create.class))
        .extracting(create -> create.creation().releasePolicy().mutability())
        .isEqualTo(Mutability.IMMUTABLE);
  }

  private static Arguments row(String name, String spec, VaultKeys found, Reason reason) {
    return Arguments.of(spec, Named.of(name, found), reason);
  }

  private static VaultState softDeleted(VaultKeys found) {
    return new VaultState.SoftDeleted(
        new DeletedKey(
            VaultKeys.BASE, Optional.empty(), Optional.empty(), found.key().properties().tags()));
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

  private static KeyDecision decide(PolicyReference policy, VaultState state) {
    return KeyDecider.decide(
        new KeyObservation(Specs.OWNER, Specs.rsa(""), policy, state, Specs.NO_VERSIONS));
  }
}
