package dev.keygate.emulator.description;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keygate.emulator.keyvault.site.VaultSettings;
import dev.keygate.endpoint.VaultKind;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabDescriptionReaderTest {

  private static final String GOOD =
      """
      tenant: 6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be001
      location: westeurope
      authorities: [mine.weu.attest.azure.net]
      principals:
        - {name: me, clientId: 6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be101, objectId: 6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be102}
      vaults:
        - {name: kv, permissions: [{principal: me, keys: [get, release]}]}
      machines:
        - {name: vm, vmId: 6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be103, condition: healthy, identities: [me]}
      """;

  private static final String FURTHER =
      "tenants: [{id: 6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be00f, location: chinanorth3}]";

  @Test
  void readsADescription() throws LabDescriptionException {
    LabDescription description = LabDescriptionReader.read(GOOD);

    assertThat(description.machines().getFirst().condition())
        .isEqualTo(MachineEntry.Condition.HEALTHY);
    assertThat(description.vaults().getFirst().permissions().getFirst().keys())
        .containsExactly("get", "release");
  }

  @Test
  void takesAnOrdinaryVaultForOneOfWhichNothingIsSaid() throws LabDescriptionException {
    VaultOptions options = LabDescriptionReader.read(GOOD).vaults().getFirst().settings();

    assertThat(options.kind()).isEqualTo(VaultKind.VAULT);
    assertThat(options.tenant().toString()).isEqualTo("6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be001");
    assertThat(options.settings()).isEqualTo(VaultSettings.DEFAULT);
  }

  @Test
  void readsAVaultsSettings() throws LabDescriptionException {
    String settings =
        "name: kv, settings: {kind: managed_hsm, tier: standard, propagationSeconds: 90,"
            + " access: access_policies, throttling: refused_requests_count, operators: all,"
            + " tenant: 6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be00f}";
    String yaml =
        GOOD.replace("location: westeurope", "location: westeurope\n" + FURTHER)
            .replace("permissions: [{principal: me, keys: [get, release]}]", "permissions: []");

    VaultOptions options =
        LabDescriptionReader.read(yaml.replace("name: kv", settings))
            .vaults()
            .getFirst()
            .settings();

    assertThat(options.kind()).isEqualTo(VaultKind.MANAGED_HSM);
    assertThat(options.tenant().toString()).endsWith("be00f");
    assertThat(options.location()).isEqualTo("chinanorth3");
    assertThat(options.settings())
        .isEqualTo(
            new VaultSettings(
                VaultSettings.Tier.STANDARD,
                VaultSettings.AccessModel.ACCESS_POLICIES,
                Duration.ofSeconds(90),
                VaultSettings.Throttling.REFUSED_REQUESTS_COUNT,
                VaultSettings.PolicyOperators.ALL));
  }

  @Test
  void hasAStandardLab() {
    assertThat(LabDescription.standard().machines())
        .extracting(MachineEntry::name)
        .containsExactly("cvm-1", "cvm-2", "cvm-debug");
  }

  @ParameterizedTest
  @CsvSource({
    "location: westeurope,location: West Europe,location",
    "mine.weu.attest.azure.net,mine.example.org,authorities",
    "name: me,name: M,principals",
    "principal: me,principal: you,vaults",
    "identities: [me],identities: [you],machines",
    "condition: healthy,condition: fine,condition",
    "release],export],keys",
    "name: kv,title: kv,vaults[0]",
    "name: kv,'name: kv, settings: 7',settings",
    "name: kv,'name: kv, settings: {kind: hsm}',kind",
    "name: kv,'name: kv, settings: {sku: premium}',sku",
    "name: kv,'name: kv, settings: {tenant: me}',tenant",
    "name: kv,'name: kv, settings: {propagationSeconds: -1}',propagationSeconds",
    "name: kv,'name: kv, settings: {throttling: on}',throttling",
    "name: kv,'name: kv, settings: {throttling: off}',throttling",
    "release],Key Vault Clerk],keys",
    "tenant: 6f,tenant: x,tenant",
    "location: westeurope,,location"
  })
  void saysWhereADescriptionIsWrong(String good, String bad, String place) {
    String yaml = GOOD.replace(good, bad == null ? "" : bad);

    assertThatExceptionOfType(LabDescriptionException.class)
        .isThrownBy(() -> LabDescriptionReader.read(yaml))
        .withMessageContaining(place);
  }

  @Test
  void takesEverybodyForOneOfTheLabsTenantWhereNothingIsSaid() throws LabDescriptionException {
    LabDescription description = LabDescriptionReader.read(GOOD);

    assertThat(description.allTenants())
        .containsExactly(new TenantDescription(description.tenant(), "westeurope"));
    assertThat(description.principals().getFirst().tenant()).isEqualTo(description.tenant());
    assertThat(description.machines().getFirst().location()).isEqualTo("westeurope");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "id: 6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be00f;id: 6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be001;tenants",
        "location: chinanorth3;location: North Three;location",
        "location: chinanorth3;region: chinanorth3;tenants[0]",
        "id: 6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be00f;id: contoso;id",
        "name: me,;name: me, tenant: 6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be00e,;no tenant",
        "name: me,;name: me, tenant: 6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be00f,;vaults",
        "name: kv,;name: kv, settings: {tenant: 6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be00f},;not of the tenant",
        "name: kv,;name: kv, settings: {tenant: 6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be00e},;no tenant",
        "name: kv,;name: kv, settings: {location: usgovtexas},;another cloud",
        "name: kv,;name: kv, settings: {location: chinanorth3},;another cloud",
        "name: vm,;name: vm, location: chinanorth3,;another cloud",
        "name: vm,;name: vm, location: ../x,;location",
        "mine.weu.attest.azure.net;mine.ugv.attest.azure.us;authorities",
        "'  - {name: me,';'  - {name: us, clientId: 6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be101, objectId: 6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be10a}\n  - {name: me,';principals"
      })
  void refusesWhatBelongsToAnotherTenantOrCloud(String good, String bad, String place) {
    String further = GOOD.replace("location: westeurope", "location: westeurope\n" + FURTHER);
    String yaml = further.replace(good, bad.replace("\\n", "\n"));
    assertThat(yaml).isNotEqualTo(further);

    assertThatExceptionOfType(LabDescriptionException.class)
        .isThrownBy(() -> LabDescriptionReader.read(yaml))
        .withMessageContaining(place);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{", "a: &a [*a]", "tenant: 1\ntenant: 2", "\u0000"})
  void refusesAnyOtherText(String text) {
    assertThatExceptionOfType(LabDescriptionException.class)
        .isThrownBy(() -> LabDescriptionReader.read(text));
  }
}
