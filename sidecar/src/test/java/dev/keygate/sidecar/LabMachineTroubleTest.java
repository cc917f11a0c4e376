package dev.keygate.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.azure.http.Timeouts;
import dev.keygate.azure.time.SystemTime;
import dev.keygate.emulator.fault.FaultEffect;
import dev.keygate.emulator.platform.CollateralAge;
import dev.keygate.emulator.platform.vtpm.TpmFault;
import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.evidence.tpm.command.TpmCommandCode;
import dev.keygate.evidence.tpm.command.TpmError;
import dev.keygate.failure.Reason;
import dev.keygate.sidecar.config.IdentitySettings;
import dev.keygate.sidecar.config.LabSettings;
import dev.keygate.sidecar.delivery.MemoryLease;
import dev.keygate.sidecar.release.KeyTarget;
import dev.keygate.sidecar.release.ReleaseFlow;
import dev.keygate.sidecar.release.ReleaseOutcome;
import dev.keygate.sidecar.testing.SkippingTime;
import dev.keygate.sidecar.testing.WorkloadIssuer;
import dev.keygate.time.TimeSource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A machine that moves, reboots, is behind, is cut off, or is shared. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before each test
class LabMachineTroubleTest {

  private static final String MACHINE = "healthy";
  private static final String IMDS = "imds." + MACHINE;
  private static final String REGION = "global.acccache.azure.net";
  private static final int NEIGHBOURS = 30;

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
  void calm() {
    lab.clearFaults();
    lab.machines().clearFaults(MACHINE);
    lab.machines().serveCollateral(MACHINE, CollateralAge.MATCHING);
    lab.machines().limitMetadata(MACHINE, OptionalInt.empty());
    lease.close();
  }

  @Test
  void startsAnotherSessionWhenAPcrIsExtendedBeforeTheKeyIsUsed() throws Exception {
    extend(10, 4);
    long before = lab.attestations();
    released(release());
    assertThat(lab.attestations()).isEqualTo(before + 1);
  }

  @Test
  void attestsAgainOnceWhenSessionsDoNotHelpAndThenSaysSo() throws Exception {
    extend(10, 100);
    long before = lab.attestations();
    unavailable(release(), Reason.PcrsMoved);
    assertThat(lab.attestations()).isEqualTo(before + 2);
  }

  @Test
  void waitsForABusyTpm() throws Exception {
    lab.machines()
        .inject(
            MACHINE,
            new TpmFault(
                Optional.of(TpmCommandCode.CREATE_PRIMARY),
                new TpmFault.Effect.Busy(TpmError.RETRY),
                8));
    released(release());
  }

  @Test
  void saysThatTheTpmStaysBusy() throws Exception {
    lab.machines()
        .inject(
            MACHINE,
            new TpmFault(Optional.empty(), new TpmFault.Effect.Busy(TpmError.YIELDED), 100));
    unavailable(release(), Reason.TpmUnavailable);
  }

  @Test
  void releasesAfterARebootThatEndedItsKeptAttestation() throws Exception {
    lab.inject("contoso.vault.azure.net", ".*/release", new FaultEffect.Status(503, Map.of()));
    try (ReleaseFlow flow = flow(lab.settings(MACHINE), managed(), new SkippingTime())) {
      unavailable(release(flow), Reason.VaultUnavailable);
      lab.clearFaults();
      lab.machines().reboot(MACHINE);
      released(release(flow));
    }
  }

  @Tag("rival-08")
  @Tag("rival-09")
  @ParameterizedTest
  @EnumSource(
      value = CollateralAge.class,
      names = {"OLDER", "NEWER"})
  void asksTheRegionForTheReportedTcbWhereTheHostHasAnother(CollateralAge age) throws Exception {
    lab.machines().serveCollateral(MACHINE, age);
    released(release());
  }

  @Tag("rival-10")
  @Test
  void saysThatNobodyHasTheReportedTcb() throws Exception {
    lab.machines().serveCollateral(MACHINE, CollateralAge.NEWER);
    lab.inject(REGION, ".*", new FaultEffect.Status(404, Map.of()));
    long before = lab.attestations();
    ReleaseOutcome outcome = release();
    unavailable(outcome, Reason.CollateralUnavailable);
    assertThat(lab.attestations()).isEqualTo(before);
  }

  @Test
  void asksTheRegionWhereThePodCannotReachTheMetadataService() throws Exception {
    LabSettings settings = lab.settings(MACHINE);
    LabSettings cutOff =
        new LabSettings(
            settings.tlsRoot(),
            settings.amdRoot(),
            settings.proxy(),
            URI.create("http://127.0.0.1:1"),
            settings.machine());
    TimeSource time = new SystemTime();
    try (WorkloadIssuer issuer = new WorkloadIssuer(time.now());
        ReleaseFlow flow = flow(cutOff, lab.workload(issuer, folder), new SkippingTime())) {
      released(release(flow));
    }
  }

  @Test
  void keepsCollateralSoThatTheNextAttestationAsksNobody() throws Exception {
    try (ReleaseFlow flow = flow(lab.settings(MACHINE), managed(), new SkippingTime())) {
      released(release(flow));
      lab.inject(IMDS, "/metadata/THIM/.*", new FaultEffect.Status(503, Map.of()));
      lab.inject(REGION, ".*", new FaultEffect.Status(503, Map.of()));
      released(release(flow));
    }
  }

  @Test
  void releasesFromAManagedHsm() throws Exception {
    try (ReleaseFlow flow = flow(lab.settings(MACHINE), managed(), new SkippingTime())) {
      KeyIdentifier key = KeyIdentifier.parse(TestLab.HSM + "/keys/session");
      released(flow.release(List.of(new KeyTarget("k", key, Optional.empty()))).getFirst());
    }
  }

  @Tag("rival-11")
  @Test
  void leavesNoDeviceOpenWhateverComesOfAnAttestation() throws Exception {
    lab.inject(
        "sharedweu.weu.attest.azure.net", "/attest/.*", new FaultEffect.Status(400, Map.of()));
    try (ReleaseFlow flow = flow(lab.settings(MACHINE), managed(), new SkippingTime())) {
      release(flow);
      long before = openFiles();
      for (int attempt = 0; attempt < 20; attempt++) {
        release(flow);
      }
      assertThat(openFiles()).isLessThan(before + 20);
    }
  }

  private static long openFiles() throws IOException {
    try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors.count();
    }
  }

  /**
   * What one pod's metadata service refuses, the regional cache has: nobody waits for the other.
   */
  @Test
  void thirtyNeighboursGetTheirKeysOverOneTpmAndOneMetadataService() throws Exception {
    lab.machines().limitMetadata(MACHINE, OptionalInt.of(5));
    try (WorkloadIssuer issuer = new WorkloadIssuer(new SystemTime().now());
        var pods = Executors.newVirtualThreadPerTaskExecutor()) {
      IdentitySettings identity = lab.workload(issuer, folder);
      List<Callable<ReleaseOutcome>> neighbours = new ArrayList<>();
      for (int number = 0; number < NEIGHBOURS; number++) {
        neighbours.add(() -> releaseAlone(identity));
      }
      for (var pod : pods.invokeAll(neighbours)) {
        released(pod.get());
      }
    }
  }

  private static ReleaseOutcome releaseAlone(IdentitySettings identity) throws Exception {
    try (MemoryLease own = new MemoryLease();
        ReleaseFlow flow = Assembly.of(lab.platform(MACHINE, TestLab.MAA)).flow(identity, own)) {
      return release(flow);
    }
  }

  private static void extend(int pcr, int count) {
    lab.machines()
        .inject(
            MACHINE,
            new TpmFault(
                Optional.of(TpmCommandCode.RSA_DECRYPT),
                new TpmFault.Effect.PcrExtended(pcr),
                count));
  }

  private ReleaseOutcome release() throws Exception {
    try (ReleaseFlow flow = flow(lab.settings(MACHINE), managed(), new SkippingTime())) {
      return release(flow);
    }
  }

  private static ReleaseOutcome release(ReleaseFlow flow) throws Exception {
    KeyIdentifier key = KeyIdentifier.parse(TestLab.VAULT + "/keys/session");
    return flow.release(List.of(new KeyTarget("k", key, Optional.empty()))).getFirst();
  }

  private ReleaseFlow flow(LabSettings settings, IdentitySettings identity, TimeSource time)
      throws Exception {
    return Assembly.of(
            TestLab.platform(settings, TestLab.MAA),
            new Assembly.Patience(time, Timeouts.REMOTE, Timeouts.LOCAL))
        .flow(identity, lease);
  }

  private static IdentitySettings managed() {
    return new IdentitySettings.Managed(Optional.empty());
  }

  private static void released(ReleaseOutcome outcome) {
    assertThat(outcome).isInstanceOf(ReleaseOutcome.Released.class);
  }

  private static void unavailable(ReleaseOutcome outcome, Reason reason) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            ReleaseOutcome.Unavailable.class,
            unavailable -> assertThat(unavailable.reason()).isEqualTo(reason));
  }
}
