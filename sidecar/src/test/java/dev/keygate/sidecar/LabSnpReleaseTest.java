package dev.keygate.sidecar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.SignedJWT;
import dev.keygate.azure.attestation.MaaHttpClient;
import dev.keygate.azure.http.AzureNetwork;
import dev.keygate.azure.http.ImdsEndpoint;
import dev.keygate.azure.http.JavaHttpExchange;
import dev.keygate.azure.http.RetryLimits;
import dev.keygate.azure.http.RetryPolicy;
import dev.keygate.azure.http.Timeouts;
import dev.keygate.azure.identity.ManagedIdentity;
import dev.keygate.azure.thim.AmdCertification;
import dev.keygate.azure.thim.CollateralCache;
import dev.keygate.azure.thim.CollateralLimits;
import dev.keygate.azure.time.SystemTime;
import dev.keygate.endpoint.AuthorityEndpoint;
import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.endorsement.PinnedRoots;
import dev.keygate.evidence.snp.SnpField;
import dev.keygate.evidence.snp.SnpProduct;
import dev.keygate.evidence.snp.TcbVersion;
import dev.keygate.evidence.testing.SnpReportBuilder;
import dev.keygate.evidence.testing.SoftwareAmdFolder;
import dev.keygate.evidence.testing.SoftwareVcek;
import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;
import dev.keygate.policy.PolicyParser;
import dev.keygate.sidecar.attest.AppAttestation;
import dev.keygate.sidecar.attest.AttestationServices;
import dev.keygate.sidecar.attest.AttestationTrust;
import dev.keygate.sidecar.attest.AttestedGuest;
import dev.keygate.sidecar.attest.SnpAttester;
import dev.keygate.sidecar.config.LabSettings;
import dev.keygate.sidecar.device.SnpDevice;
import dev.keygate.sidecar.keyvault.EnvelopeVerifier;
import dev.keygate.sidecar.keyvault.KeyReleaseHttpClient;
import dev.keygate.sidecar.keyvault.ReleaseRequest;
import dev.keygate.sidecar.keyvault.VerifiedEnvelope;
import dev.keygate.sidecar.nonce.Nonce;
import dev.keygate.sidecar.secret.Purpose;
import dev.keygate.sidecar.secret.SecretBytes;
import dev.keygate.sidecar.unwrap.KeyEncoding;
import dev.keygate.sidecar.unwrap.KeyEncryption;
import dev.keygate.sidecar.unwrap.ReleasedKey;
import dev.keygate.sidecar.unwrap.WrappedKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A guest without vTPM and paravisor, whose processor the lab's vendor has made. */
class LabSnpReleaseTest {

  private static final KeyEncryption ENC = KeyEncryption.RSA_AES_KEY_WRAP_256;

  @TempDir private static Path folder;
  private static Optional<TestLab> lab = Optional.empty();
  private static Optional<SoftwareVcek> chip = Optional.empty();

  private final SystemTime time = new SystemTime();
  private final SecureRandom random = new SecureRandom();

  @BeforeAll
  static void start() throws Exception {
    lab = Optional.of(TestLab.start(folder));
    lab.get()
        .newKey(
            "bare",
            PolicyParser.parse(
                """
                {"version":"1.0.0","anyOf":[{"authority":"%s","allOf":[
                  {"claim":"x-ms-attestation-type","equals":"sevsnpvm"},
                  {"claim":"x-ms-sevsnpvm-is-debuggable","equals":"false"}]}]}
                """
                    .formatted(TestLab.MAA)));
    chip =
        Optional.of(
            new SoftwareAmdFolder(folder.resolve("state/amd"), new SecureRandom())
                .openOrCreate(SnpProduct.MILAN, 2048, new SystemTime().now())
                .vcek(Bytes.fromHex("c1".repeat(64)), new TcbVersion(0xDB18000000000004L)));
  }

  @AfterAll
  static void stop() {
    lab.ifPresent(TestLab::close);
  }

  @Test
  void releasesAKeyToAProcessorThatSignedItsTransferKey() throws Exception {
    try (AttestedGuest guest = attester(data -> report().reportData(data).build()).attest();
        ReleasedKey key = release(guest);
        SecretBytes text = key.encode(KeyEncoding.JWK)) {
      String jwk =
          text.reveal(Purpose.VERIFY, octets -> new String(octets, StandardCharsets.US_ASCII));

      assertThat(RSAKey.parse(jwk).isPrivate()).isTrue();
      assertThat(guest.endorsement()).isPresent();
    }
  }

  @Test
  void refusesAReportThatSomebodyElseAskedFor() {
    refused(_ -> report().reportData(Bytes.fromHex("01")).build(), Reason.EvidenceRejected);
  }

  @Test
  void refusesAGuestThatItsHostCanDebug() {
    refused(
        data -> report().with(SnpField.POLICY, 0xB001F).reportData(data).build(),
        Reason.DebugAllowed);
  }

  @Test
  void refusesAReportOfAnotherTcbThanItsEndorsement() {
    refused(
        data -> report().with(SnpField.REPORTED_TCB, 1).reportData(data).build(),
        Reason.CollateralStale);
  }

  @Test
  void refusesWhatIsNoReport() {
    refused(_ -> Bytes.zeros(1184), Reason.EvidenceMalformed);
    refused(_ -> Bytes.EMPTY, Reason.EvidenceMalformed);
  }

  @Test
  void makesATokenForAnAppThatSaysWhatItIsFor() throws Exception {
    var token =
        new AppAttestation(attester(data -> report().reportData(data).build()))
            .attest("0123456789", Optional.of(Bytes.ofUtf8("data")));

    String runtime =
        SignedJWT.parse(token.token().reveal())
            .getJWTClaimsSet()
            .getClaim("x-ms-runtime")
            .toString();
    assertThat(runtime)
        .contains("0123456789", "relying-party", Bytes.ofUtf8("data").sha256().hex());
  }

  private void refused(SnpDevice device, Reason reason) {
    assertThatExceptionOfType(FailureException.class)
        .isThrownBy(() -> attester(device).attest())
        .matches(failure -> failure.reason() == reason, reason.name());
  }

  private static SnpReportBuilder report() {
    return SnpReportBuilder.of(chip.orElseThrow());
  }

  private SnpAttester attester(SnpDevice device) throws Exception {
    LabSettings settings = lab.orElseThrow().settings("healthy");
    AmdCertification endorsement =
        new AmdCertification(
            chip.orElseThrow().chainPem(),
            chip.orElseThrow().chain(),
            chip.orElseThrow().tcb(),
            Duration.ofHours(1));
    RetryLimits once =
        new RetryLimits(1, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofSeconds(5));
    PinnedRoots roots = LabRoots.plus(PinnedRoots.amd(), settings.amdRoot());
    return new SnpAttester(
        device,
        new AttestationTrust(roots, List.of(AuthorityEndpoint.parse(TestLab.MAA))),
        new AttestationServices(
            new CollateralCache(List.of(_ -> endorsement), roots, CollateralLimits.DEFAULT, time),
            new MaaHttpClient(JavaHttpExchange.overTls(network(), Timeouts.REMOTE), time),
            new RetryPolicy(once, time, random),
            time),
        random);
  }

  private ReleasedKey release(AttestedGuest guest) throws Exception {
    ReleaseRequest request =
        new ReleaseRequest(
            KeyIdentifier.parse(TestLab.VAULT + "/keys/bare"), ENC, Nonce.fresh(random));
    try (JavaHttpExchange exchange = JavaHttpExchange.overTls(network(), Timeouts.REMOTE)) {
      var client =
          new KeyReleaseHttpClient(
              exchange, ManagedIdentity.ofMachine(ImdsEndpoint.of(network()), time), time);
      VerifiedEnvelope envelope =
          new EnvelopeVerifier(network().tlsRoots())
              .verify(client.release(request, guest.token()), request, time.now());
      WrappedKey wrapped = envelope.wrappedKey().splitAt(guest.transferKey().modulusBytes());
      try (SecretBytes aesKey =
          guest.transferKey().decrypt(wrapped.encryption(), wrapped.wrappedAesKey())) {
        return ReleasedKey.unwrap(envelope.key(), wrapped, aesKey);
      }
    }
  }

  private static AzureNetwork network() throws Exception {
    LabSettings settings = lab.orElseThrow().settings("healthy");
    return AzureNetwork.lab(settings.tlsRoot(), settings.proxy(), settings.imds());
  }
}
