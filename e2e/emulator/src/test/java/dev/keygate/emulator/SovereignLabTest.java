package dev.keygate.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keygate.emulator.description.LabDescription;
import dev.keygate.emulator.description.LabDescriptionException;
import dev.keygate.emulator.description.LabDescriptionReader;
import dev.keygate.emulator.testing.LabClient;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("azure-39")
@Tag("azure-40")
class SovereignLabTest {

  private static final String AUTHORITY = "https://sharedugv.ugv.attest.azure.us";
  private static final String TOKEN =
      "/metadata/identity/oauth2/token?api-version=2018-02-01&resource=";

  @Test
  void keepsToTheCloudOfItsRegion(@TempDir Path folder) throws Exception {
    LabDescription government = lab("usgovvirginia", "sharedugv.ugv.attest.azure.us");
    try (SharedLab shared = new SharedLab(folder, government)) {
      LabMachine machine = shared.lab.machine("cvm-1");
      LabClient.Reply vault = shared.imds(machine, TOKEN + "https://vault.usgovcloudapi.net");
      LabClient.Reply attestation = shared.imds(machine, TOKEN + "https://attest.azure.us");

      assertThat(vault.status()).isEqualTo(200);
      assertThat(shared.imds(machine, TOKEN + "https://vault.azure.net").status()).isEqualTo(400);
      String policies = AUTHORITY + "/policies/AzureGuest?api-version=2022-08-01";
      String bearer = "Bearer " + attestation.json().path("access_token").asText();
      assertThat(shared.client.get(policies, "Authorization", bearer).status()).isEqualTo(200);
      String other = "Bearer " + vault.json().path("access_token").asText();
      assertThat(shared.client.get(policies, "Authorization", other).status()).isEqualTo(401);
      assertThat(shared.lab.endpoints().path("loginUrl").asText())
          .isEqualTo("https://login.microsoftonline.us");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "usgovvirginia,sharedweu.weu.attest.azure.net",
    "westeurope,sharedugv.ugv.attest.azure.us",
    "chinanorth3,sharedweu.weu.attest.azure.net",
    "westeurope,attest.azure.net",
    "westeurope,a.b.c.attest.azure.net",
    "westeurope,sharedweu.weu.attest.azure.net.example.org"
  })
  void hasNoProviderOfAnotherCloud(String location, String authority) {
    assertThatExceptionOfType(LabDescriptionException.class)
        .isThrownBy(() -> lab(location, authority));
  }

  private static LabDescription lab(String location, String authority)
      throws LabDescriptionException {
    return LabDescriptionReader.read(
        """
        tenant: 6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be001
        location: LOCATION
        authorities: [AUTHORITY]
        principals:
          - {name: me, clientId: 6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be101, objectId: 6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be102}
        vaults: []
        machines:
          - {name: cvm-1, vmId: 6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be103, condition: healthy, identities: [me]}
        """
            .replace("LOCATION", location)
            .replace("AUTHORITY", authority));
  }
}
