package dev.keygate.emulator.official;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.policy.FixedDelay;
import com.azure.core.http.policy.RetryPolicy;
import com.azure.core.util.BinaryData;
import com.azure.security.keyvault.keys.KeyClient;
import com.azure.security.keyvault.keys.KeyClientBuilder;
import com.azure.security.keyvault.keys.models.CreateEcKeyOptions;
import com.azure.security.keyvault.keys.models.CreateRsaKeyOptions;
import com.azure.security.keyvault.keys.models.KeyCurveName;
import com.azure.security.keyvault.keys.models.KeyProperties;
import com.azure.security.keyvault.keys.models.KeyReleasePolicy;
import com.azure.security.keyvault.keys.models.KeyType;
import com.azure.security.keyvault.keys.models.KeyVaultKey;
import com.fasterxml.jackson.databind.JsonNode;
import dev.keygate.emulator.jose.CompactJws;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** azure-security-keyvault-keys and azure-identity's workload identity, against the vault. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before each test
class OfficialKeyClientTest {

  private static final Duration SOON = Duration.ofMillis(50);

  @TempDir private static Path folder;
  private static OfficialLab official;
  private static KeyClient keys;

  @BeforeAll
  static void start() throws Exception {
    official = OfficialLab.start(folder);
    keys = official.keysAs(official.operator(claims -> {}));
  }

  @AfterAll
  static void end() {
    official.close();
  }

  @Test
  @Tag("azure-01")
  @Tag("azure-05")
  void createsAndReadsAKeyAfterTheChallenge() {
    KeyVaultKey made =
        keys.createRsaKey(
            new CreateRsaKeyOptions("rsa")
                .setHardwareProtected(true)
                .setKeySize(2048)
                .setExportable(true)
                .setReleasePolicy(policy("sevsnpvm")));

    KeyVaultKey read = keys.getKey("rsa");
    KeyVaultKey version = keys.getKey("rsa", made.getProperties().getVersion());

    assertThat(read.getKeyType()).isEqualTo(KeyType.RSA_HSM);
    assertThat(read.getProperties().isExportable()).isTrue();
    assertThat(read.getProperties().getReleasePolicy().getEncodedPolicy().toString())
        .contains("sevsnpvm");
    assertThat(read.getId()).isEqualTo(made.getId()).isEqualTo(version.getId());
    assertThat(keys.listPropertiesOfKeys().stream().map(KeyProperties::getName)).contains("rsa");
  }

  @Test
  @Tag("azure-04")
  void releasesByBothRoutesToWhoeverMayRelease() throws Exception {
    KeyVaultKey made = keys.createEcKey(exportable("released", "sevsnpvm"));
    KeyClient machine = official.keysAs(OfficialLab.of(official.machineToken("cvm-1")));
    String target = official.attestationToken("cvm-1");

    String newest = machine.releaseKey("released", target).getValue();
    String version =
        machine.releaseKey("released", made.getProperties().getVersion(), target).getValue();

    assertThat(releasedKid(newest)).isEqualTo(made.getId());
    assertThat(releasedKid(version)).isEqualTo(made.getId());
    assertThat(newest).isNotEqualTo(version);
  }

  @Test
  @Tag("azure-16")
  void isDeniedWhatThePolicyDenies() throws Exception {
    keys.createEcKey(exportable("denied", "tdxvm"));
    KeyClient machine = official.keysAs(OfficialLab.of(official.machineToken("cvm-1")));
    String target = official.attestationToken("cvm-1");

    assertRefused(403, "Forbidden", () -> machine.releaseKey("denied", target));
  }

  @Test
  @Tag("azure-15")
  void isDeniedWithATargetThatIsNoToken() throws Exception {
    keys.createEcKey(exportable("untargeted", "sevsnpvm"));
    KeyClient machine = official.keysAs(OfficialLab.of(official.machineToken("cvm-1")));

    assertRefused(403, "AccessDenied", () -> machine.releaseKey("untargeted", "e30.e30."));
  }

  @Test
  @Tag("azure-12")
  void isDeniedReleaseWithoutThePermission() throws Exception {
    keys.createEcKey(exportable("unreleased", "sevsnpvm"));
    String target = official.attestationToken("cvm-1");

    assertRefused(403, "ForbiddenByRbac", () -> keys.releaseKey("unreleased", target));
  }

  @Test
  @Tag("azure-11")
  void rotatesAndKeepsThePolicy() {
    KeyVaultKey first = keys.createEcKey(exportable("rotated", "sevsnpvm"));

    KeyVaultKey second = keys.rotateKey("rotated");

    assertThat(second.getId()).isNotEqualTo(first.getId());
    assertThat(second.getProperties().isExportable()).isTrue();
    assertThat(second.getProperties().getReleasePolicy().getEncodedPolicy().toString())
        .isEqualTo(first.getProperties().getReleasePolicy().getEncodedPolicy().toString());
    assertThat(keys.listPropertiesOfKeyVersions("rotated").stream()).hasSize(2);
  }

  @Test
  @Tag("azure-27")
  void deletesSoftlyRecoversAndPurges() {
    KeyVaultKey made = keys.createEcKey(exportable("deleted", "sevsnpvm"));

    keys.beginDeleteKey("deleted").setPollInterval(SOON).waitForCompletion();
    assertRefused(404, "KeyNotFound", () -> keys.getKey("deleted"));
    assertRefused(
        409,
        "ObjectIsDeletedButRecoverable",
        () -> keys.createEcKey(exportable("deleted", "sevsnpvm")));
    assertThat(keys.getDeletedKey("deleted").getRecoveryId()).endsWith("/deletedkeys/deleted");

    KeyVaultKey recovered =
        keys.beginRecoverDeletedKey("deleted").setPollInterval(SOON).waitForCompletion().getValue();
    assertThat(recovered.getId()).isEqualTo(made.getId());

    keys.beginDeleteKey("deleted").setPollInterval(SOON).waitForCompletion();
    keys.purgeDeletedKey("deleted");
    assertRefused(404, "KeyNotFound", () -> keys.getDeletedKey("deleted"));
  }

  @Test
  @Tag("azure-09")
  void isRefusedThePolicyOfAFetchedKeyBecauseThatNamesAVersion() {
    keys.createEcKey(exportable("patched", "sevsnpvm"));
    KeyProperties fetched = keys.getKey("patched").getProperties();

    fetched.setReleasePolicy(policy("tdxvm"));

    assertRefused(400, "AKV.SKR.1016", () -> keys.updateKeyProperties(fetched));
  }

  @Test
  @Tag("azure-07")
  void changesTagsOfAFetchedKeyAndKeepsItsOperations() {
    KeyVaultKey made =
        keys.createEcKey(
            new CreateEcKeyOptions("tagged")
                .setHardwareProtected(true)
                .setCurveName(KeyCurveName.P_256));

    keys.updateKeyProperties(made.getProperties().setTags(Map.of("owner", "shop")));

    KeyVaultKey read = keys.getKey("tagged");
    assertThat(read.getProperties().getTags()).containsEntry("owner", "shop");
    assertThat(read.getKeyOperations()).isEqualTo(made.getKeyOperations());
  }

  @Test
  @Tag("azure-08")
  void isRefusedAnExportableKeyWithoutPolicy() {
    assertRefused(
        400,
        "AKV.SKR.1004",
        () ->
            keys.createRsaKey(
                new CreateRsaKeyOptions("bare").setHardwareProtected(true).setExportable(true)));
  }

  @Test
  @Tag("azure-28")
  void isToldThatThereIsNoSuchKey() {
    assertRefused(404, "KeyNotFound", () -> keys.getKey("nothing"));
  }

  @Test
  @Tag("azure-02")
  void isRefusedATokenThatNobodySigned() throws Exception {
    KeyClient forged = official.keysAs(OfficialLab.of("eyJhbGciOiJub25lIn0.e30."));

    assertRefused(401, "Unauthorized", () -> forged.getKey("rsa"));
  }

  @Test
  void trustsOnlyWhatTheClientTrusts() throws Exception {
    KeyClient distrusting =
        new KeyClientBuilder()
            .vaultUrl(official.lab.vaultUrl(OfficialLab.VAULT))
            .credential(official.operator(claims -> {}))
            .httpClient(official.httpWithoutTheLabsRoot())
            .retryPolicy(new RetryPolicy(new FixedDelay(0, SOON)))
            .buildClient();

    assertThatThrownBy(() -> distrusting.getKey("rsa"))
        .satisfies(
            refused ->
                assertThat(causes(refused))
                    .hasAtLeastOneElementOfType(SSLHandshakeException.class));
  }

  private static List<Throwable> causes(Throwable refused) {
    return Stream.iterate(refused, Objects::nonNull, Throwable::getCause).toList();
  }

  private static void assertRefused(int status, String code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            HttpResponseException.class,
            refused -> {
              assertThat(refused.getResponse().getStatusCode()).isEqualTo(status);
              assertThat(refused.getMessage()).contains(code);
            });
  }

  private static String releasedKid(String envelope) throws Exception {
    JsonNode payload = CompactJws.parse(envelope).unverifiedClaims();
    return payload.at("/response/key/key/kid").asText();
  }

  private static CreateEcKeyOptions exportable(String name, String type) {
    return new CreateEcKeyOptions(name)
        .setHardwareProtected(true)
        .setCurveName(KeyCurveName.P_256)
        .setExportable(true)
        .setReleasePolicy(policy(type));
  }

  private static KeyReleasePolicy policy(String type) {
    return new KeyReleasePolicy(
        BinaryData.fromString(
            "{\"version\":\"1.0.0\",\"anyOf\":[{\"authority\":\""
                + OfficialLab.MAA
                + "\",\"allOf\":[{\"claim\":\"x-ms-isolation-tee.x-ms-attestation-type\","
                + "\"equals\":\""
                + type
                + "\"}]}]}"));
  }
}
