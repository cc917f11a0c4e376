package dev.keygate.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.RSAKey;
import dev.keygate.endpoint.AuthorityEndpoint;
import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.failure.Reason;
import dev.keygate.sidecar.config.IdentitySettings;
import dev.keygate.sidecar.config.LabSettings;
import dev.keygate.sidecar.config.PlatformSettings;
import dev.keygate.sidecar.delivery.LeaseAnswer;
import dev.keygate.sidecar.delivery.MemoryLease;
import dev.keygate.sidecar.device.GuestTpm;
import dev.keygate.sidecar.device.TransferKeyTemplate;
import dev.keygate.sidecar.release.KeyTarget;
import dev.keygate.sidecar.release.ReleaseOutcome;
import dev.keygate.sidecar.secret.Purpose;
import dev.keygate.sidecar.secret.SecretBytes;
import dev.keygate.sidecar.testing.LogLines;
import dev.keygate.sidecar.unwrap.KeyEncoding;
import dev.keygate.sidecar.unwrap.KeyEncryption;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole flow, against services and machines with real cryptography. */
class LabReleaseTest {

  private static final String MAA = TestLab.MAA;
  private static final String KEY = TestLab.VAULT + "/keys/orders";

  @TempDir private static Path folder;
  private static Optional<TestLab> started = Optional.empty();

  private final MemoryLease lease = new MemoryLease();

  @BeforeAll
  static void start() throws Exception {
    started = Optional.of(TestLab.start(folder));
  }

  @AfterAll
  static void stop() {
    started.ifPresent(TestLab::close);
  }

  @AfterEach
  void forget() {
    lease.close();
  }

  @Test
  void releasesAKeyToAHealthyMachine() throws Exception {
    ReleaseOutcome outcome = release("healthy", target(KEY));

    assertThat(outcome).isInstanceOf(ReleaseOutcome.Released.class);
    assertThat(RSAKey.parse(written(KeyEncoding.JWK)).isPrivate()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(KeyEncryption.class)
  void releasesUnderEveryEncryption(KeyEncryption encryption) throws Exception {
    PlatformSettings platform =
        new PlatformSettings(
            List.of(AuthorityEndpoint.parse(MAA)),
            encryption,
            TestLab.machine(TransferKeyTemplate.RANDOM),
            Optional.of(lab().settings("healthy")));

    assertThat(release(platform, target(KEY))).isInstanceOf(ReleaseOutcome.Released.class);
  }

  @Test
  void releasesSeveralKeysOfAllTypesWithOneAttestation() throws Exception {
    long before = lab().attestations();

    List<ReleaseOutcome> outcomes =
        Assembly.of(lab().platform("healthy", MAA))
            .flow(managed(), lease)
            .release(
                List.of(
                    new KeyTarget("a", KeyIdentifier.parse(KEY), Optional.empty()),
                    target("b", "session"),
                    target("c", "signing")));

    assertThat(outcomes).allMatch(ReleaseOutcome.Released.class::isInstance);
    assertThat(lab().attestations()).isEqualTo(before + 1);
  }

  /** One answer of the vault for all names, so that all of them are unwrapped at the same time. */
  @Test
  void unwrapsMoreKeysAtATimeThanTheTpmKeepsSessions() throws Exception {
    List<KeyTarget> targets = new ArrayList<>();
    for (int number = 0; number < 12; number++) {
      targets.add(target("key-" + number, "session"));
    }

    List<ReleaseOutcome> outcomes =
        Assembly.of(lab().platform("healthy", MAA)).flow(managed(), lease).release(targets);

    assertThat(outcomes).allMatch(ReleaseOutcome.Released.class::isInstance);
  }

  @Test
  void worksWithTheTemplateOfOtherClients() throws Exception {
    PlatformSettings platform =
        new PlatformSettings(
            List.of(AuthorityEndpoint.parse(MAA)),
            KeyEncryption.RSA_AES_KEY_WRAP_256,
            TestLab.machine(TransferKeyTemplate.CONSTANT),
            Optional.of(lab().settings("healthy")));

    assertThat(release(platform, target(KEY))).isInstanceOf(ReleaseOutcome.Released.class);
  }

  /** A primary key of a TPM is a function of its template: who knows it can make the key. */
  @ParameterizedTest
  @CsvSource({"RANDOM, 2", "CONSTANT, 1"})
  void makesATransferKeyThatOnlyThisProcessKnowsUnlessToldOtherwise(
      TransferKeyTemplate template, int different) throws Exception {
    Set<Bytes> moduli = new HashSet<>();
    for (int process = 0; process < 2; process++) {
      try (GuestTpm tpm = Assembly.of(lab().platform("healthy", MAA)).openTpm()) {
        moduli.add(tpm.createTransferKey(tpm.quote().values(), template).area().unique());
      }
    }

    assertThat(moduli).hasSize(different);
  }

  @Test
  void refusesADebuggableMachineBeforeAnAuthorityIsAsked() throws Exception {
    long before = lab().attestations();

    refused(release("debug", target(KEY)), Reason.DebugAllowed);

    assertThat(lab().attestations()).isEqualTo(before);
  }

  @Test
  void releasesToAMachineWhoseHostIsBehindItsReport() throws Exception {
    assertThat(release("stale", target(KEY))).isInstanceOf(ReleaseOutcome.Released.class);
  }

  @Test
  void refusesHardwareThatEndsAtAnotherRoot() throws Exception {
    long before = lab().attestations();
    LabSettings lab = lab().settings("healthy");
    LabSettings otherRoot =
        new LabSettings(lab.tlsRoot(), lab.tlsRoot(), lab.proxy(), lab.imds(), lab.machine());

    ReleaseOutcome outcome = release(TestLab.platform(otherRoot, MAA), target(KEY));

    refused(outcome, Reason.CollateralMalformed);
    assertThat(lab().attestations()).isEqualTo(before);
  }

  @Test
  void reportsThatTheAuthorityRefusesPcrsThatTheLogDoesNotLeadTo() throws Exception {
    lab().extendPcr("tampered", 4);

    refused(release("tampered", target(KEY)), Reason.AttestationRefused);
  }

  @Test
  void explainsALocalDenialWithoutAskingTheVault() throws Exception {
    long before = lab().releases();
    KeyTarget target =
        new KeyTarget("k", KeyIdentifier.parse(KEY), Optional.of(TestLab.policy("tdxvm")));

    ReleaseOutcome.Refused refused = refused(release("healthy", target), Reason.PolicyDenied);

    assertThat(refused.message())
        .contains("x-ms-isolation-tee.x-ms-attestation-type", "'tdxvm'", "'sevsnpvm'");
    assertThat(lab().releases()).isEqualTo(before);
  }

  @Test
  void reportsThatTheVaultDenies() throws Exception {
    ReleaseOutcome outcome = release("healthy", target("k", "elsewhere"));
    assertThat(refused(outcome, Reason.ReleaseDenied).message())
        .contains("no policy is known here");
  }

  @Test
  void reportsAnIdentityWithoutPermission() throws Exception {
    refused(release("stranger", target(KEY)), Reason.NotAuthorized);
  }

  @Test
  void reportsAKeyThatDoesNotExist() throws Exception {
    refused(release("healthy", target("k", "nothing")), Reason.KeyNotFound);
  }

  @Test
  void namesAVaultThatDoesNotAnswer() throws Exception {
    ReleaseOutcome outcome =
        release("healthy", target("https://nobody.vault.azure.net/keys/orders"));

    unavailable(outcome, Reason.VaultUnavailable, "https://nobody.vault.azure.net");
  }

  @Test
  void namesAnAuthorityThatDoesNotAnswer() throws Exception {
    ReleaseOutcome outcome =
        release(lab().platform("healthy", "https://gone.weu.attest.azure.net"), target(KEY));

    unavailable(outcome, Reason.AttestationUnavailable, "https://gone.weu.attest.azure.net");
  }

  @Test
  void asksTheNextAuthorityWhenOneDoesNotAnswer() throws Exception {
    ReleaseOutcome outcome =
        release(lab().platform("healthy", "https://gone.weu.attest.azure.net", MAA), target(KEY));

    assertThat(outcome).isInstanceOf(ReleaseOutcome.Released.class);
  }

  @Test
  void deniesATokenOfAnAuthorityThatThePolicyDoesNotName() throws Exception {
    ReleaseOutcome outcome =
        release(lab().platform("healthy", "https://sharedneu.neu.attest.azure.net"), target(KEY));

    refused(outcome, Reason.ReleaseDenied);
  }

  @Tag("rival-05")
  @Test
  void logsNoKeyAndNoTokenWhateverTheLevel() throws Exception {
    String text;
    try (LogLines log = LogLines.collect()) {
      assertThat(release("healthy", target(KEY))).isInstanceOf(ReleaseOutcome.Released.class);
      text = log.text();
    }

    RSAKey key = RSAKey.parse(written(KeyEncoding.JWK));
    byte[] d = key.getPrivateExponent().decode();
    String hex = HexFormat.of().formatHex(d);
    assertThat(text).isNotEmpty();
    assertThat(text)
        .doesNotContain(
            "eyJ",
            "Bearer ",
            key.getPrivateExponent().toString().substring(20, 60),
            hex.substring(20, 60),
            hex.substring(20, 60).toUpperCase(Locale.ROOT),
            Arrays.toString(Arrays.copyOf(d, 8)));
  }

  private ReleaseOutcome release(String machine, KeyTarget target) throws Exception {
    return release(lab().platform(machine, MAA), target);
  }

  private ReleaseOutcome release(PlatformSettings platform, KeyTarget target) throws Exception {
    return Assembly.of(platform).flow(managed(), lease).release(List.of(target)).getFirst();
  }

  private String written(KeyEncoding encoding) {
    LeaseAnswer answer = lease.write("k", Optional.empty(), encoding);
    assertThat(answer).isInstanceOf(LeaseAnswer.Written.class);
    try (SecretBytes text = ((LeaseAnswer.Written) answer).text()) {
      return text.reveal(Purpose.VERIFY, octets -> new String(octets, StandardCharsets.US_ASCII));
    }
  }

  private static ReleaseOutcome.Refused refused(ReleaseOutcome outcome, Reason reason) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            ReleaseOutcome.Refused.class,
            refused -> assertThat(refused.reason()).as(refused.message()).isEqualTo(reason));
    return (ReleaseOutcome.Refused) outcome;
  }

  private static void unavailable(ReleaseOutcome outcome, Reason reason, String address) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            ReleaseOutcome.Unavailable.class,
            unavailable -> {
              assertThat(unavailable.reason()).isEqualTo(reason);
              assertThat(unavailable.message()).contains(address);
            });
  }

  private static KeyTarget target(String url) throws Exception {
    return new KeyTarget("k", KeyIdentifier.parse(url), Optional.empty());
  }

  private static KeyTarget target(String name, String key) throws Exception {
    return new KeyTarget(
        name, KeyIdentifier.parse(TestLab.VAULT + "/keys/" + key), Optional.empty());
  }

  private static IdentitySettings managed() {
    return new IdentitySettings.Managed(Optional.empty());
  }

  private static TestLab lab() {
    return started.orElseThrow();
  }
}
