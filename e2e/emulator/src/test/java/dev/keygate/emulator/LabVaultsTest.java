package dev.keygate.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keygate.emulator.description.LabDescription;
import dev.keygate.emulator.description.LabDescriptionReader;
import dev.keygate.emulator.keyvault.access.KeyPermission;
import dev.keygate.emulator.keyvault.site.VaultSite;
import dev.keygate.emulator.testing.LabClient;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A lab with a vault, a Managed HSM, and a vault of another tenant. */
class LabVaultsTest {

  private static final String DESCRIPTION =
      """
      tenant: 6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be001
      location: westeurope
      tenants: [{id: 6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be00f, location: westeurope}]
      authorities: []
      principals:
        - {name: guest, clientId: 6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be301, objectId: 6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be302}
      vaults:
        - name: contoso
          permissions: [{principal: guest, keys: [Key Vault Crypto Officer]}]
        - name: secure
          permissions: [{principal: guest, keys: [Managed HSM Crypto User]}]
          settings: {kind: managed_hsm}
        - name: fabrikam
          permissions: []
          settings: {tenant: 6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be00f}
      machines:
        - {name: vm, vmId: 2e0a7c55-93d2-4c0a-8a7d-5b1f0c6a0001, condition: healthy, identities: [guest]}
      """;

  private static SharedLab shared;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    shared = new SharedLab(folder, LabDescriptionReader.read(DESCRIPTION));
  }

  @AfterAll
  static void end() {
    shared.close();
  }

  @Tag("azure-02")
  @ParameterizedTest
  @CsvSource({
    "contoso, https://contoso.vault.azure.net, https://vault.azure.net, 200",
    "secure, https://secure.managedhsm.azure.net, https://managedhsm.azure.net, 200",
    "secure, https://secure.managedhsm.azure.net, https://vault.azure.net, 401",
    "fabrikam, https://fabrikam.vault.azure.net, https://vault.azure.net, 401"
  })
  void servesEachAtItsHostToItsTenant(String name, String url, String resource, int status) {
    String token =
        shared
            .imds(
                shared.lab.machine("vm"),
                "/metadata/identity/oauth2/token?api-version=2018-02-01&resource=" + resource)
            .json()
            .path("access_token")
            .asText();

    LabClient.Reply reply =
        shared.client.get(url + "/keys?api-version=7.4", "Authorization", "Bearer " + token);

    assertThat(reply.status()).isEqualTo(status);
    assertThat(shared.lab.vaultUrl(name)).isEqualTo(url);
    assertThat(shared.lab.endpoints().at("/vaults/" + name).asText()).isEqualTo(url);
  }

  @Tag("azure-29")
  @ParameterizedTest
  @CsvSource({"contoso, Throttled", "secure, Throttled"})
  void failsAVaultByItsNameRouteAndCallNumber(String vault, String code) {
    String fault = "{\"vault\":\"" + vault + "\",\"path\":\"/keys/?\",\"fromCall\":2,\"count\":1}";
    LabClient.Reply injected =
        shared.client.direct("POST", shared.lab.adminUrl() + "/faults", fault);
    String resource = shared.lab.vaultUrl(vault).replaceFirst("//[a-z]+\\.", "//");
    String bearer = "Bearer " + shared.lab.token("guest", resource);
    String keys = shared.lab.vaultUrl(vault) + "/keys?api-version=7.4";

    assertThat(injected.status()).isEqualTo(204);
    assertThat(shared.client.get(keys, "Authorization", bearer).status()).isEqualTo(200);
    LabClient.Reply struck = shared.client.get(keys, "Authorization", bearer);
    assertThat(struck.status()).isEqualTo(429);
    assertThat(struck.code()).isEqualTo(code);
    assertThat(struck.message().contains("Activity ID")).isEqualTo(vault.equals("secure"));
    assertThat(shared.client.get(keys, "Authorization", bearer).status()).isEqualTo(200);
    shared.lab.clearFaults();
  }

  @Tag("azure-38")
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"vault\":\"nobody\",\"operation\":\"all\"}",
        "{\"vault\":\"secure\"}",
        "{\"vault\":\"secure\",\"host\":\"secure.managedhsm.azure.net\",\"path\":\"/keys\"}",
        "{\"vault\":\"secure\",\"operation\":\"release\",\"path\":\"/keys\"}",
        "{\"host\":\"secure.vault.azure.net\",\"path\":\"/keys\"}"
      })
  void refusesFaultsOfVaultsThatThereAreNot(String fault) {
    LabClient.Reply reply = shared.client.direct("POST", shared.lab.adminUrl() + "/faults", fault);

    assertThat(reply.status()).isEqualTo(400);
  }

  @Test
  void takesRolesOfTheRightService() throws Exception {
    LabDescription description = shared.lab.description();
    VaultSite vault = LabVaults.site(description.vaults().getFirst());

    assertThat(LabVaults.permissions(vault, Set.of("Key Vault Crypto Service Release User")))
        .containsExactly(KeyPermission.RELEASE);
    assertThat(LabVaults.permissions(vault, Set.of("get", "sign")))
        .containsExactlyInAnyOrder(KeyPermission.GET, KeyPermission.SIGN);
    for (String unknown : new String[] {"Managed HSM Crypto User", "export", "GET", ""}) {
      assertThatExceptionOfType(IllegalArgumentException.class)
          .isThrownBy(() -> LabVaults.permissions(vault, Set.of(unknown)));
    }
  }

  @Test
  void needsAKeyForManagedHsmsWhereThereAreSome() {
    assertThat(LabVaults.keyNames(LabDescription.standard())).containsExactly("tls-vault");
    assertThat(LabVaults.keyNames(shared.lab.description())).contains("tls-managed-hsm");
  }
}
