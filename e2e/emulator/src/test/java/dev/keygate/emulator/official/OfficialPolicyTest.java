package dev.keygate.emulator.official;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.exception.HttpResponseException;
import com.azure.security.attestation.AttestationAdministrationClient;
import com.azure.security.attestation.AttestationAdministrationClientBuilder;
import com.azure.security.attestation.models.AttestationType;
import dev.keygate.emulator.maa.policy.AttestationPolicy;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the official client for policies makes of a provider's policy and signers. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before each test
class OfficialPolicyTest {

  @TempDir private static Path folder;
  private static OfficialLab official;

  @BeforeAll
  static void start() throws Exception {
    official = OfficialLab.start(folder);
  }

  @AfterAll
  static void end() {
    official.close();
  }

  @Test
  void readsThePolicy() throws Exception {
    assertThat(client("https://attest.azure.net").getAttestationPolicy(AttestationType.SGX_ENCLAVE))
        .isEqualTo(AttestationPolicy.DEFAULT.text());
  }

  @Test
  void readsThatThereAreNoSigners() throws Exception {
    assertThat(
            client("https://attest.azure.net")
                .listPolicyManagementCertificates()
                .getAttestationSigners())
        .isEmpty();
  }

  @Test
  void mayChangeNothing() throws Exception {
    AttestationAdministrationClient admin = client("https://attest.azure.net");
    assertThatThrownBy(
            () ->
                admin.setAttestationPolicy(
                    AttestationType.SGX_ENCLAVE, AttestationPolicy.DEFAULT.text()))
        .isInstanceOf(HttpResponseException.class)
        .hasMessageContaining("Unauthorized");
  }

  @Test
  void readsNothingWithATokenForAnotherResource() throws Exception {
    AttestationAdministrationClient admin = client("https://vault.azure.net");
    assertThatThrownBy(() -> admin.getAttestationPolicy(AttestationType.SGX_ENCLAVE))
        .isInstanceOf(HttpResponseException.class)
        .hasMessageContaining("401");
  }

  private static AttestationAdministrationClient client(String resource) throws Exception {
    return new AttestationAdministrationClientBuilder()
        .endpoint(OfficialLab.MAA)
        .httpClient(official.http())
        .credential(OfficialLab.of(official.lab.token(OfficialLab.OPERATOR, resource)))
        .buildClient();
  }
}
