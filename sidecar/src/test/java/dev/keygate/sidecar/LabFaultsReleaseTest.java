package dev.keygate.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.emulator.fault.FaultEffect;
import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.failure.Reason;
import dev.keygate.sidecar.config.IdentitySettings;
import dev.keygate.sidecar.delivery.MemoryLease;
import dev.keygate.sidecar.release.KeyTarget;
import dev.keygate.sidecar.release.ReleaseOutcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/** Services that answer wrongly, late or half: no key, and the reason that names the service. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before each test
class LabFaultsReleaseTest {

  private static final String VAULT = "contoso.vault.azure.net";
  private static final String MAA = "sharedweu.weu.attest.azure.net";
  private static final String RELEASE = ".*/release";
  private static final String ATTEST = "/attest/.*";
  private static final String TOKEN = "/metadata/identity/.*";
  private static final String ANY = ".*";

  static final List<Arguments> NO_KEY =
      List.of(
          Arguments.of(VAULT, RELEASE, new FaultEffect.WrongNonce(), Reason.EnvelopeInvalid),
          Arguments.of(VAULT, RELEASE, new FaultEffect.Truncate(100), Reason.VaultUnavailable),
          Arguments.of(VAULT, RELEASE, new FaultEffect.Reset(), Reason.VaultUnavailable),
          Arguments.of(VAULT, RELEASE, status(503), Reason.VaultUnavailable),
          Arguments.of(VAULT, ANY, new FaultEffect.ExpiredCertificate(), Reason.VaultUnavailable),
          Arguments.of(
              VAULT,
              ANY,
              new FaultEffect.WrongClock(Duration.ofDays(2)),
              Reason.VaultUnauthenticated),
          Arguments.of(MAA, ATTEST, new FaultEffect.WrongNonce(), Reason.AttestationTokenInvalid),
          Arguments.of(MAA, ATTEST, new FaultEffect.Reset(), Reason.AttestationUnavailable),
          Arguments.of(MAA, ATTEST, status(500), Reason.AttestationUnavailable),
          Arguments.of(
              MAA, ANY, new FaultEffect.ExpiredCertificate(), Reason.AttestationUnavailable),
          Arguments.of("imds.healthy", TOKEN, status(500), Reason.IdentityUnavailable));

  @TempDir private static Path folder;
  private static TestLab lab;

  private final MemoryLease lease = new MemoryLease();

  @BeforeAll
  static void start() throws Exception {
    lab = TestLab.start(folder);
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  @AfterEach
  void forget() {
    lab.clearFaults();
    lease.close();
  }

  @ParameterizedTest
  @FieldSource("NO_KEY")
  void getsNoKey(String host, String path, FaultEffect effect, Reason reason) throws Exception {
    lab.inject(host, path, effect);

    assertThat(reason(release())).as(host + " " + effect).isEqualTo(reason);
  }

  @Test
  void getsNoKeyForASealedTokenOfAnEarlierAttestation() throws Exception {
    lab.inject(MAA, ATTEST, new FaultEffect.Replay());
    assertThat(release()).isInstanceOf(ReleaseOutcome.Released.class);

    assertThat(release()).isNotInstanceOf(ReleaseOutcome.Released.class);
  }

  @Test
  void getsItsKeyFromAVaultThatIsOnlySlow() throws Exception {
    lab.inject(VAULT, RELEASE, new FaultEffect.Drip(2000, Duration.ofMillis(10)));

    assertThat(release()).isInstanceOf(ReleaseOutcome.Released.class);
  }

  private ReleaseOutcome release() throws Exception {
    KeyTarget target =
        new KeyTarget("k", KeyIdentifier.parse(TestLab.VAULT + "/keys/session"), Optional.empty());
    return Assembly.of(lab.platform("healthy", TestLab.MAA))
        .flow(new IdentitySettings.Managed(Optional.empty()), lease)
        .release(List.of(target))
        .getFirst();
  }

  private static Reason reason(ReleaseOutcome outcome) {
    return switch (outcome) {
      case ReleaseOutcome.Released released ->
          throw new AssertionError("a key was released: " + released);
      case ReleaseOutcome.Refused refused -> refused.reason();
      case ReleaseOutcome.Unavailable unavailable -> unavailable.reason();
    };
  }

  private static FaultEffect status(int status) {
    return new FaultEffect.Status(status, Map.of());
  }
}
