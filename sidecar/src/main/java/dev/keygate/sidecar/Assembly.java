package dev.keygate.sidecar;

import dev.keygate.azure.attestation.MaaHttpClient;
import dev.keygate.azure.http.AzureNetwork;
import dev.keygate.azure.http.Exchange;
import dev.keygate.azure.http.ImdsEndpoint;
import dev.keygate.azure.http.JavaHttpExchange;
import dev.keygate.azure.http.RequestBudget;
import dev.keygate.azure.http.RetryLimits;
import dev.keygate.azure.http.RetryPolicy;
import dev.keygate.azure.http.Timeouts;
import dev.keygate.azure.identity.BearerTokenSource;
import dev.keygate.azure.identity.ManagedIdentity;
import dev.keygate.azure.identity.TokenCache;
import dev.keygate.azure.identity.WorkloadIdentity;
import dev.keygate.azure.thim.CollateralCache;
import dev.keygate.azure.thim.CollateralLimits;
import dev.keygate.azure.thim.ImdsCollateralSource;
import dev.keygate.azure.thim.RegionalCacheCollateralSource;
import dev.keygate.azure.thim.ThimHttpClient;
import dev.keygate.azure.time.SystemTime;
import dev.keygate.evidence.endorsement.PinnedRoots;
import dev.keygate.failure.FailureException;
import dev.keygate.failure.RefusedException;
import dev.keygate.sidecar.attest.AttestationServices;
import dev.keygate.sidecar.attest.AttestationTrust;
import dev.keygate.sidecar.attest.GuestMachine;
import dev.keygate.sidecar.attest.OsRelease;
import dev.keygate.sidecar.attest.VtpmAttester;
import dev.keygate.sidecar.config.IdentitySettings;
import dev.keygate.sidecar.config.LabSettings;
import dev.keygate.sidecar.config.PlatformSettings;
import dev.keygate.sidecar.delivery.KeySink;
import dev.keygate.sidecar.device.GuestTpm;
import dev.keygate.sidecar.device.TpmLocation;
import dev.keygate.sidecar.keyvault.EnvelopeVerifier;
import dev.keygate.sidecar.keyvault.KeyReleaseHttpClient;
import dev.keygate.sidecar.release.ReleaseFlow;
import dev.keygate.sidecar.release.ReleasePorts;
import dev.keygate.sidecar.release.ReleaseRules;
import dev.keygate.time.TimeSource;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Puts the parts of a release together as the settings say. */
final class Assembly {

  /** Short: what stays unavailable is the loop's business, or the user's. */
  private static final RetryLimits IN_FLOW =
      new RetryLimits(3, Duration.ofMillis(200), Duration.ofSeconds(3), Duration.ofSeconds(15));

  private static final Path OS_RELEASE = Path.of("/etc/os-release");

  private final PlatformSettings settings;
  private final Patience patience;
  private final SecureRandom random = new SecureRandom();

  /**
   * How long is waited, and on which clock.
   *
   * @param azure for services on the internet
   * @param imds for the instance metadata service
   */
  record Patience(TimeSource time, Timeouts azure, Timeouts imds) {}

  private Assembly(PlatformSettings settings, Patience patience) {
    this.settings = settings;
    this.patience = patience;
  }

  static Assembly of(PlatformSettings settings) {
    return of(settings, new Patience(new SystemTime(), Timeouts.REMOTE, Timeouts.LOCAL));
  }

  static Assembly of(PlatformSettings settings, Patience patience) {
    return new Assembly(settings, patience);
  }

  TimeSource time() {
    return patience.time();
  }

  SecureRandom random() {
    return random;
  }

  /** The machine's vTPM, or the lab's. */
  GuestTpm openTpm() throws FailureException {
    return GuestTpm.open(tpm(), time(), random);
  }

  /** A flow that delivers to the sink. */
  ReleaseFlow flow(IdentitySettings identity, KeySink sink) throws RefusedException {
    AzureNetwork network = network();
    Exchange azure = JavaHttpExchange.overTls(network, patience.azure());
    ImdsEndpoint imds = imds(network);
    RetryPolicy retry = new RetryPolicy(IN_FLOW, time(), random);
    BearerTokenSource tokens = tokens(identity, imds, azure);
    ReleasePorts ports =
        new ReleasePorts(
            attester(azure, imds, retry),
            new KeyReleaseHttpClient(azure, tokens, time()),
            tokens,
            sink);
    ReleaseRules rules =
        new ReleaseRules(settings.encryption(), new EnvelopeVerifier(network.tlsRoots()), retry);
    return new ReleaseFlow(ports, rules, time(), random);
  }

  private VtpmAttester attester(Exchange azure, ImdsEndpoint imds, RetryPolicy retry)
      throws RefusedException {
    GuestMachine machine =
        new GuestMachine(
            tpm(), settings.machine().transferKey(), eventLog(), OsRelease.read(OS_RELEASE));
    PinnedRoots roots = hardwareRoots();
    AttestationServices services =
        new AttestationServices(
            collateral(imds, azure, roots), new MaaHttpClient(azure, time()), retry, time());
    AttestationTrust trust = new AttestationTrust(roots, settings.authorities());
    return new VtpmAttester(machine, trust, services, random);
  }

  /** AMD's own service is not asked: it throttles hard, and is outside Azure. */
  private CollateralCache collateral(ImdsEndpoint imds, Exchange azure, PinnedRoots roots) {
    return new CollateralCache(
        List.of(
            new ImdsCollateralSource(new ThimHttpClient(imds, time())),
            new RegionalCacheCollateralSource(
                RegionalCacheCollateralSource.NEAREST, azure, time())),
        roots,
        CollateralLimits.DEFAULT,
        time());
  }

  private ImdsEndpoint imds(AzureNetwork network) {
    return new ImdsEndpoint(network.imdsBase(), JavaHttpExchange.toImds(network, patience.imds()))
        .within(RequestBudget.ofImds(time()), time());
  }

  private BearerTokenSource tokens(IdentitySettings identity, ImdsEndpoint imds, Exchange azure) {
    BearerTokenSource source =
        switch (identity) {
          case IdentitySettings.Workload workload ->
              new WorkloadIdentity(workload.identity(), azure, time());
          case IdentitySettings.Managed(Optional<String> clientId) ->
              clientId
                  .map(id -> ManagedIdentity.withClientId(imds, id, time()))
                  .orElseGet(() -> ManagedIdentity.ofMachine(imds, time()));
        };
    return new TokenCache(source, new RetryPolicy(IN_FLOW, time(), random), time());
  }

  private AzureNetwork network() throws RefusedException {
    Optional<LabSettings> lab = settings.lab();
    return lab.isPresent()
        ? AzureNetwork.lab(lab.get().tlsRoot(), lab.get().proxy(), lab.get().imds())
        : AzureNetwork.publicAzure(System.getenv());
  }

  private PinnedRoots hardwareRoots() throws RefusedException {
    return settings.lab().isPresent()
        ? LabRoots.plus(PinnedRoots.amd(), settings.lab().get().amdRoot())
        : PinnedRoots.amd();
  }

  private TpmLocation tpm() {
    return settings
        .lab()
        .flatMap(lab -> lab.machine().tpm())
        .<TpmLocation>map(TpmLocation.LabSocket::new)
        .orElse(TpmLocation.RESOURCE_MANAGER);
  }

  private Path eventLog() {
    return settings
        .lab()
        .flatMap(lab -> lab.machine().eventLog())
        .orElse(settings.machine().eventLog());
  }
}
