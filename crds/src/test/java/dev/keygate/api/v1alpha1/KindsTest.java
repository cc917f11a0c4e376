package dev.keygate.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.condition.ConditionReason;
import dev.keygate.condition.ConditionType;
import dev.keygate.condition.Conditions;
import dev.keygate.condition.Finding;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The kinds as a client reads and writes them. */
class KindsTest {

  private static final Path MANIFESTS = Path.of("src", "test", "resources", "manifests");

  private final KubernetesSerialization serialization = new KubernetesSerialization();

  @Test
  void fillsInWhatAManifestLeavesOut() throws IOException {
    ExportableKeySpec spec = key("valid-smallest").getSpec();

    assertThat(spec.keyName()).isNull();
    assertThat(spec.keyOperations()).isEmpty();
    assertThat(spec.tags()).isEmpty();
    assertThat(spec.policyImmutability()).isEqualTo(PolicyImmutability.Mutable);
    assertThat(spec.policyChange().strategy()).isEqualTo(PolicyChangeStrategy.Replace);
    assertThat(spec.adoption()).isEqualTo(Adoption.Never);
    assertThat(spec.softDeletedName()).isEqualTo(SoftDeletedName.Refuse);
    assertThat(spec.deletion()).isEqualTo(DeletionMode.Retain);
    assertThat(spec.consumers()).isEmpty();
  }

  @Test
  void readsEveryFieldOfAKey() throws IOException {
    ExportableKeySpec spec = key("valid-everything-set").getSpec();

    assertThat(spec.keyName()).isEqualTo("Orders-2026");
    assertThat(spec.keyType().wireName()).isEqualTo("RSA-HSM");
    assertThat(spec.keySizeBits()).isEqualTo(3072);
    assertThat(spec.keyOperations()).containsExactly(KeyOperation.ENCRYPT, KeyOperation.DECRYPT);
    assertThat(spec.attributes())
        .isEqualTo(
            new KeyAttributes(
                true,
                ZonedDateTime.parse("2026-01-01T00:00:00Z"),
                ZonedDateTime.parse("2026-12-31T23:00:00Z")));
    assertThat(spec.tags()).containsEntry("team", "orders");
    assertThat(spec.consumers()).containsExactly(new Consumer("orders-api"));
  }

  @Test
  void readsCurvesByTheirWireName() throws IOException {
    assertThat(key("valid-elliptic-curve").getSpec().curve()).isEqualTo(KeyCurve.P_256K);
  }

  @Test
  void readsOverFieldsOfALaterRelease() {
    ExportableKey key =
        serialization.unmarshal(
            """
            {"apiVersion":"keygate.dev/v1alpha1","kind":"ExportableKey","metadata":{"name":"k"},
             "spec":{"vault":{"url":"https://a.vault.azure.net","region":"x"},"keyType":"RSA-HSM",
              "releasePolicyRef":{"name":"p"},"rotation":{"everyDays":90}},
             "status":{"later":1,"conditions":[{"type":"Later","status":"True","later":1}]}}
            """,
            ExportableKey.class);

    assertThat(key.getSpec().vault().url()).isEqualTo("https://a.vault.azure.net");
    assertThat(key.getStatus().conditions()).hasSize(1);
  }

  @Test
  void writesOnlyWhatIsSet() {
    String json =
        serialization.asJson(new ReleasePolicyStatus(3L, null, null, List.of(), List.of()));

    assertThat(json).contains("\"observedGeneration\":3").doesNotContain("null", "digest", "[]");
  }

  @Test
  void statusSurvivesAWriteAndARead() {
    ExportableKeyStatus status =
        new ExportableKeyStatus(
            2L,
            "https://a.vault.azure.net/keys/k",
            "a".repeat(32),
            List.of(
                new KeyVersionStatus(
                    "a".repeat(32),
                    KeyVersionState.Current,
                    ZonedDateTime.parse("2026-01-01T00:00:00Z"),
                    null),
                new KeyVersionStatus(
                    "b".repeat(32),
                    KeyVersionState.Overlap,
                    null,
                    ZonedDateTime.parse("2026-01-01T00:00:00Z"))),
            null,
            Conditions.merge(
                List.of(),
                List.of(Finding.isTrue(ConditionType.Ready, ConditionReason.Ready, "Ready.")),
                2,
                Instant.EPOCH));

    String json = serialization.asJson(status);

    assertThat(serialization.unmarshal(json, ExportableKeyStatus.class)).isEqualTo(status);
  }

  private ExportableKey key(String name) throws IOException {
    return serialization.unmarshal(
        Files.readString(MANIFESTS.resolve("exportablekey").resolve(name + ".yaml")),
        ExportableKey.class);
  }
}
