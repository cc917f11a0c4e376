package dev.keygate.scenarios.sequences;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.azure.keyvault.DeletedKey;
import dev.keygate.azure.keyvault.KeyLifetime;
import dev.keygate.azure.keyvault.KeyProperties;
import dev.keygate.azure.keyvault.KeyShape;
import dev.keygate.azure.keyvault.VaultKey;
import dev.keygate.azure.keyvault.VaultReleasePolicy;
import dev.keygate.contract.Grant;
import dev.keygate.contract.GrantJson;
import dev.keygate.contract.GrantedVersion;
import dev.keygate.contract.VersionState;
import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.endpoint.KeyVersion;
import dev.keygate.endpoint.VaultHost;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each row plants one thing that is wrong, or one that stands in the way. */
class KeyTruthTest {

  private static final String VERSION = "0123456789abcdef0123456789abcdef";
  private static final KeyIdentifier BASE =
      KeyIdentifier.of(new VaultHost(VaultHand.HOST), "s1-orders");
  private static final Map<String, String> OURS =
      Map.of("keygate-owner", "shop/orders", "keygate-owner-uid", "uid-1");

  private final ObjectNode object = keyThatIsTrue();
  private Optional<WrittenPolicy> policy = Optional.of(WrittenPolicy.COMPLIANT);
  private Optional<String> grant = Optional.of(grant(VERSION, WrittenPolicy.COMPLIANT));
  private VaultRecord vault = vault(WrittenPolicy.COMPLIANT, KeyLifetime.UNLIMITED, OURS);

  @Test
  void aKeyThatIsWhatItsSpecSaysIsTrue() {
    assertThat(wrong()).isEmpty();
  }

  @Test
  void findsADeletionThatDoesNotEnd() {
    object.withObject("/metadata").put("deletionTimestamp", "2026-01-01T00:00:00Z");

    assertThat(wrong()).isPresent();
  }

  @Test
  void findsAStatusOfAnEarlierGeneration() {
    object.withObject("/metadata").put("generation", 8);

    assertThat(wrong()).isPresent();
  }

  @Test
  void findsAMissingKeyThatNoConditionExplains() {
    vault = new VaultRecord(Optional.empty(), Optional.empty(), 0);

    assertThat(wrong()).isPresent();
  }

  @Test
  void findsAnotherPolicyInTheVault() {
    vault = vault(WrittenPolicy.SECURE_BOOT, KeyLifetime.UNLIMITED, OURS);

    assertThat(wrong()).hasValueSatisfying(said -> assertThat(said).contains("[policy]"));
  }

  @Test
  void findsAKeyThatSomebodyHasDisabled() {
    KeyLifetime disabled = new KeyLifetime(false, Optional.empty(), Optional.empty());
    vault = vault(WrittenPolicy.COMPLIANT, disabled, OURS);

    assertThat(wrong()).hasValueSatisfying(said -> assertThat(said).contains("[enabled]"));
  }

  @Test
  void findsATagTooMany() {
    vault =
        vault(
            WrittenPolicy.COMPLIANT,
            KeyLifetime.UNLIMITED,
            Map.of("keygate-owner", "shop/orders", "keygate-owner-uid", "uid-1", "by", "hand"));

    assertThat(wrong()).hasValueSatisfying(said -> assertThat(said).contains("[tags]"));
  }

  @Test
  void findsOperationsThatTheSpecDoesNotName() {
    object.withObject("/spec").putArray("keyOperations").add("sign");

    assertThat(wrong()).hasValueSatisfying(said -> assertThat(said).contains("[operations]"));
  }

  @Test
  void findsAStatusThatNamesAnotherVersion() {
    object.withObject("/status").put("currentVersion", "f".repeat(32));

    assertThat(wrong()).hasValueSatisfying(said -> assertThat(said).contains("[currentVersion]"));
  }

  @ParameterizedTest
  @CsvSource({"Reconciling, Progressing", "Stalled, KeyExists"})
  void findsAConditionThatShouldHaveGone(String type, String reason) {
    addCondition(type, reason);

    assertThat(wrong())
        .hasValueSatisfying(said -> assertThat(said).contains("[Reconciling or Stalled]"));
  }

  @Test
  void findsAKeyThatIsNotReady() {
    object.withObject("/status").putArray("conditions");

    assertThat(wrong()).hasValueSatisfying(said -> assertThat(said).contains("[Ready]"));
  }

  @Test
  void findsAGrantOfAnotherVersion() {
    grant = Optional.of(grant("f".repeat(32), WrittenPolicy.COMPLIANT));

    assertThat(wrong()).hasValueSatisfying(said -> assertThat(said).contains("[grant]"));
  }

  @Test
  void findsAGrantOfAnotherPolicy() {
    grant = Optional.of(grant(VERSION, WrittenPolicy.SECURE_BOOT));

    assertThat(wrong()).hasValueSatisfying(said -> assertThat(said).contains("[grant]"));
  }

  @Test
  void findsAMissingGrant() {
    grant = Optional.empty();

    assertThat(wrong()).hasValueSatisfying(said -> assertThat(said).contains("[grant]"));
  }

  @Test
  void wantsAMissingPolicyToBeSaid() {
    policy = Optional.empty();

    expectStalledBy("PolicyNotFound");
  }

  @Test
  void wantsAPolicyThatIsNotAcceptedToBeSaid() {
    policy = Optional.of(WrittenPolicy.UNSUPPORTED);

    expectStalledBy("PolicyNotAccepted");
  }

  @ParameterizedTest
  @CsvSource({"IfExportable, bank/orders", "Never, bank/orders", "Never, shop/orders"})
  void wantsAKeyOfSomebodyElseToBeSaid(String adoption, String owner) {
    object.withObject("/spec").put("adoption", adoption);
    vault =
        vault(
            WrittenPolicy.COMPLIANT,
            KeyLifetime.UNLIMITED,
            Map.of("keygate-owner", owner, "keygate-owner-uid", "uid-2"));

    expectStalledBy("KeyExists");
  }

  @ParameterizedTest
  @CsvSource({"Refuse, uid-1, Never", "Recover, uid-2, Never"})
  void wantsADeletedKeyToBeSaid(String softDeletedName, String owner, String adoption) {
    object.withObject("/spec").put("softDeletedName", softDeletedName).put("adoption", adoption);
    vault = deleted(owner);

    expectStalledBy("KeySoftDeleted");
  }

  @ParameterizedTest
  @CsvSource({"uid-1, Never", "uid-2, IfExportable"})
  void wantsADeletedKeyBackThatTheSpecRecovers(String owner, String adoption) {
    object.withObject("/spec").put("softDeletedName", "Recover").put("adoption", adoption);
    vault = deleted(owner);
    addCondition("Stalled", "KeySoftDeleted");

    assertThat(wrong()).isPresent();
  }

  private void expectStalledBy(String reason) {
    assertThat(wrong()).hasValueSatisfying(said -> assertThat(said).contains(reason));
    addCondition("Stalled", reason);
    assertThat(wrong()).isEmpty();
  }

  private Optional<String> wrong() {
    return new KeyTruth(new ObservedKey(object, policy, grant), vault).wrong();
  }

  private void addCondition(String type, String reason) {
    object
        .withObject("/status")
        .withArray("conditions")
        .addObject()
        .put("type", type)
        .put("status", "True")
        .put("reason", reason);
  }

  private static ObjectNode keyThatIsTrue() {
    ObjectNode key = new ObjectMapper().createObjectNode().put("kind", "ExportableKey");
    key.putObject("metadata")
        .put("namespace", "shop")
        .put("name", "orders")
        .put("uid", "uid-1")
        .put("generation", 7);
    key.putObject("spec").put("keyName", "s1-orders").put("adoption", "Never");
    ObjectNode status = key.putObject("status");
    status.put("observedGeneration", 7).put("currentVersion", VERSION);
    status.put("keyId", BASE.toString());
    status
        .putArray("conditions")
        .addObject()
        .put("type", "Ready")
        .put("status", "True")
        .put("reason", "Ready");
    return key;
  }

  private static String grant(String version, WrittenPolicy policy) {
    return GrantJson.write(
        new Grant(
            BASE,
            List.of(new GrantedVersion(new KeyVersion(version), VersionState.Current)),
            policy.document(),
            Duration.ofMinutes(5),
            Duration.ZERO));
  }

  private static VaultRecord vault(
      WrittenPolicy policy, KeyLifetime lifetime, Map<String, String> tags) {
    VaultKey key =
        new VaultKey(
            BASE.at(new KeyVersion(VERSION)),
            new KeyShape.Ec("EC-HSM", "P-256"),
            new KeyProperties(List.of("sign", "verify"), lifetime, tags),
            new VaultKey.Recorded(
                true,
                Optional.of(
                    new VaultReleasePolicy(
                        policy.grammar(), VaultReleasePolicy.Mutability.MUTABLE)),
                Instant.EPOCH,
                Instant.EPOCH));
    return new VaultRecord(Optional.of(key), Optional.empty(), 1);
  }

  private static VaultRecord deleted(String owner) {
    DeletedKey key =
        new DeletedKey(
            BASE,
            Optional.of(Instant.EPOCH),
            Optional.of(Instant.EPOCH),
            Map.of("keygate-owner", "shop/orders", "keygate-owner-uid", owner));
    return new VaultRecord(Optional.empty(), Optional.of(key), 0);
  }
}
