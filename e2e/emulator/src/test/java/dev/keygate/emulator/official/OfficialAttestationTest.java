package dev.keygate.emulator.official;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.security.attestation.AttestationClient;
import com.azure.security.attestation.AttestationClientBuilder;
import com.azure.security.attestation.models.AttestationOpenIdMetadata;
import com.azure.security.attestation.models.AttestationSigner;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.json.MalformedTextException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** azure-security-attestation against a provider: who signs, and does it sign our tokens. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before each test
class OfficialAttestationTest {

  @TempDir private static Path folder;
  private static OfficialLab official;
  private static AttestationClient provider;

  @BeforeAll
  static void start() throws Exception {
    official = OfficialLab.start(folder);
    provider =
        new AttestationClientBuilder()
            .endpoint(OfficialLab.MAA)
            .httpClient(official.http())
            .buildClient();
  }

  @AfterAll
  static void end() {
    official.close();
  }

  @Test
  @Tag("azure-36")
  void readsTheMetadata() {
    AttestationOpenIdMetadata metadata = provider.getOpenIdMetadata();

    assertThat(metadata.getIssuer()).isEqualTo(OfficialLab.MAA);
    assertThat(metadata.getJsonWebKeySetUrl()).isEqualTo(OfficialLab.MAA + "/certs");
    assertThat(metadata.getTokenSigningAlgorithmsSupported()).containsExactly("RS256");
  }

  @Test
  @Tag("azure-36")
  void readsSignersWithSelfSignedCertificatesOfTheProvider() {
    List<AttestationSigner> signers = signers();

    assertThat(signers).hasSizeGreaterThan(1);
    for (AttestationSigner signer : signers) {
      signer.validate();
      var certificate = signer.getCertificates().getFirst();
      assertThat(certificate.getSubjectX500Principal().getName())
          .isEqualTo("CN=" + OfficialLab.MAA)
          .isEqualTo(certificate.getIssuerX500Principal().getName());
    }
  }

  @Test
  @Tag("azure-35")
  void validatesTheLabsTokensWithTheSignerTheyName() throws Exception {
    String token = official.attestationToken("cvm-1");

    List<AttestationSigner> named =
        signers().stream().filter(signer -> signer.getKeyId().equals(keyId(token))).toList();

    assertThat(named).hasSize(1);
    assertThat(isSignedBy(named.getFirst(), token)).isTrue();
  }

  @Test
  @Tag("azure-35")
  void validatesNoTokenWithAnotherSigner() throws Exception {
    String token = official.attestationToken("cvm-1");

    assertThat(signers())
        .filteredOn(signer -> !signer.getKeyId().equals(keyId(token)))
        .isNotEmpty()
        .noneMatch(signer -> isSignedBy(signer, token));
  }

  private static List<AttestationSigner> signers() {
    return provider.listAttestationSigners().getAttestationSigners();
  }

  private static String keyId(String token) {
    String header = new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[0]), US_ASCII);
    try {
      return Json.parseObject(header).path("kid").asText();
    } catch (MalformedTextException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean isSignedBy(AttestationSigner signer, String token) {
    int dot = token.lastIndexOf('.');
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initVerify(signer.getCertificates().getFirst());
      signature.update(token.substring(0, dot).getBytes(US_ASCII));
      return signature.verify(Base64.getUrlDecoder().decode(token.substring(dot + 1)));
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
