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
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.endorsement.PinnedRoots;
import dev.keygate.failure.FailureException;
import dev.keygate.failure.RefusedException;
import dev.keygate.sidecar.attest.AppAttestation;
import dev.keygate.sidecar.attest.AttestationBoard;
import dev.keygate.sidecar.attest.AttestationServices;
import dev.keygate.sidecar.attest.AttestationTrust;
import dev.keygate.sidecar.attest.Attester;
import dev.keygate.sidecar.attest.GuestMachine;
import dev.keygate.sidecar.attest.OsRelease;
import dev.keygate.sidecar.attest.PayloadAttester;
import dev.keygate.sidecar.attest.RecordedAttester;
import dev.keygate.sidecar.attest.SnpAttester;
import dev.keygate.sidecar.attest.VtpmAttester;
import dev.keygate.sidecar.config.IdentitySettings;
import dev.keygate.sidecar.config.LabSettings;
import dev.keygate.sidecar.config.PlatformSettings;
import dev.keygate.sidecar.delivery.KeySink;
import dev.keygate.sidecar.device.ConfigfsTsm;
import dev.keygate.sidecar.device.DeviceChoice;
import dev.keygate.sidecar.device.DeviceDetection;
import dev.keygate.sidecar.device.DeviceFinding;
import dev.keygate.sidecar.device.GuestTpm;
import dev.keygate.sidecar.device.SevGuestDevice;
import dev.keygate.sidecar.device.SnpDevice;
import dev.keygate.sidecar.device.TpmLocation;
import dev.keygate.sidecar.device.TransferKeyTemplate;
import dev.keygate.sidecar.keyvault.EnvelopeVerifier;
import dev.keygate.sidecar.keyvault.KeyReleaseHttpClient;
import dev.keygate.sidecar.logkey.LogKeys;
import dev.keygate.sidecar.meter.MeteredExchange;
import dev.keygate.sidecar.meter.UpstreamMeter;
import dev.keygate.sidecar.release.ReleaseFlow;
import dev.keygate.sidecar.release.ReleasePorts;
import dev.keygate.sidecar.release.ReleaseRules;
import dev.keygate.sidecar.trace.NoSpans;
import dev.keygate.sidecar.trace.StepSpans;
import dev.keygate.sidecar.trace.TracedExchange;
import dev.keygate.time.TimeSource;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the parts of a release together as the settings say. */
final class Assembly {

  private static final Logger LOG = LoggerFactory.getLogger(Assembly.class);

  /** Short: what stays unavailable is the loop's business, or the user's. */
  private static final RetryLimits IN_FLOW =
      new RetryLimits(3, Duration.ofMillis(200), Duration.ofSeconds(3), Duration.ofSeconds(15));

  private static final Path OS_RELEASE = Path.of("/etc/os-release");

  private final PlatformSettings settings;
  private final Patience patience;
  private final Optional<DeviceFinding> finding;
  private final StepSpans spans;
  private final SecureRandom random = new SecureRandom();
  private final UpstreamMeter upstreams = new UpstreamMeter();

  /**
   * How long is waited, and on which clock.
   *
   * @param azure for services on the internet
   * @param imds for the instance metadata service
   */
  record Patience(TimeSource time, Timeouts azure, Timeouts imds) {}

  private Assembly(
      PlatformSettings settings,
      Patience patience,
      Optional<DeviceFinding> finding,
      StepSpans spans) {
    this.settings = settings;
    this.patience = patience;
    this.finding = finding;
    this.spans = spans;
  }

  /** With the vTPM, unless the settings name a device; {@link #detected} looks for one. */
  static Assembly of(PlatformSettings settings) {
    return of(settings, new Patience(new SystemTime(), Timeouts.REMOTE, Timeouts.LOCAL));
  }

  static Assembly of(PlatformSettings settings, Patience patience) {
    return new Assembly(settings, patience, Optional.empty(), NoSpans.OFF);
  }

  /** The same, whose releases are told as spans; whoever made these closes them. */
  Assembly tracing(StepSpans told) {
    return new Assembly(settings, patience, finding, told);
  }

  /** What was found when a device was looked for. */
  Optional<DeviceFinding> finding() {
    return finding;
  }

  TimeSource time() {
    return patience.time();
  }

  SecureRandom random() {
    return random;
  }

  /** How calls of services end. */
  UpstreamMeter upstreams() {
    return upstreams;
  }

  /** The machine's vTPM, or the lab's. */
  GuestTpm openTpm() throws FailureException {
    return GuestTpm.open(tpm(), time(), random);
  }

  /**
   * What has been put together.
   *
   * @param flow releases keys
   * @param attestations what it attests, for those who report it
   * @param apps has tokens made for apps
   */
  record Assembled(ReleaseFlow flow, AttestationBoard attestations, AppAttestation apps) {}

  /**
   * The same with the device that is found, so that a machine without one says so at once.
   *
   * @throws FailureException if there is none, or one that gives no evidence
   */
  Assembly detected() throws FailureException, InterruptedException {
    DeviceChoice wanted = settings.machine().device();
    DeviceFinding finding =
        DeviceDetection.detect(
            candidates().stream()
                .filter(c -> wanted == DeviceChoice.AUTO || wanted == c.device())
                .toList());
    LOG.atInfo()
        .addKeyValue(LogKeys.DEVICE, finding.used())
        .addKeyValue(LogKeys.PROBES, finding)
        .log("Device chosen");
    return new Assembly(settings.withDevice(finding.used()), patience, Optional.of(finding), spans);
  }

  /** In the order in which they are looked for. */
  private List<DeviceDetection.Candidate> candidates() {
    return List.of(
        new DeviceDetection.Candidate(DeviceChoice.VTPM, tpm().path(), this::requireParavisor),
        candidate(DeviceChoice.CONFIGFS_TSM, ConfigfsTsm.FOLDER, ConfigfsTsm.ofKernel(random)),
        candidate(
            DeviceChoice.SEV_GUEST, SevGuestDevice.FILE, new SevGuestDevice(SevGuestDevice.FILE)));
  }

  private static DeviceDetection.Candidate candidate(
      DeviceChoice choice, Path path, SnpDevice device) {
    return new DeviceDetection.Candidate(
        choice, path, () -> device.report(Bytes.zeros(SnpDevice.REPORT_DATA_BYTES)));
  }

  private void requireParavisor() throws FailureException, InterruptedException {
    try (GuestTpm tpm = openTpm()) {
      tpm.readHclReport();
    }
  }

  private Optional<SnpDevice> processor() {
    return switch (settings.machine().device()) {
      case AUTO, VTPM -> Optional.empty();
      case CONFIGFS_TSM -> Optional.of(ConfigfsTsm.ofKernel(random));
      case SEV_GUEST -> Optional.of(new SevGuestDevice(SevGuestDevice.FILE));
    };
  }

  /** A flow that delivers to the sink. */
  ReleaseFlow flow(IdentitySettings identity, KeySink sink) throws RefusedException {
    return assemble(identity, sink).flow();
  }

  /** A flow that delivers to the sink, and what else attests over the same connections. */
  Assembled assemble(IdentitySettings identity, KeySink sink) throws RefusedException {
    AttestationBoard attestations = new AttestationBoard();
    AzureNetwork network = network();
    Exchange azure = metered(JavaHttpExchange.overTls(network, patience.azure()));
    ImdsEndpoint imds = imds(network);
    RetryPolicy retry = new RetryPolicy(IN_FLOW, time(), random);
    BearerTokenSource tokens = tokens(identity, imds, azure);
    PinnedRoots roots = hardwareRoots();
    AttestationServices services =
        new AttestationServices(
            collateral(imds, azure, roots), new MaaHttpClient(azure, time()), retry, time());
    Attesters attesters = attesters(services, roots);
    ReleasePorts ports =
        new ReleasePorts(
            new RecordedAttester(attesters.forRelease(), attestations, time()),
            new KeyReleaseHttpClient(azure, tokens, time()),
            tokens,
            sink,
            spans);
    ReleaseRules rules =
        new ReleaseRules(settings.encryption(), new EnvelopeVerifier(network.tlsRoots()), retry);
    return new Assembled(
        new ReleaseFlow(ports, rules, time(), random),
        attestations,
        new AppAttestation(attesters.forApps()));
  }

  private record Attesters(Attester forRelease, PayloadAttester forApps) {}

  private Attesters attesters(AttestationServices services, PinnedRoots roots) {
    AttestationTrust trust = new AttestationTrust(roots, settings.authorities());
    Optional<SnpDevice> processor = processor();
    if (processor.isPresent()) {
      SnpAttester snp = new SnpAttester(processor.get(), trust, services, random);
      return new Attesters(snp, snp);
    }
    // Whatever the setting: nobody else may be able to make the key that an app's token names.
    return new Attesters(
        attester(services, trust, settings.machine().transferKey()),
        attester(services, trust, TransferKeyTemplate.RANDOM));
  }

  private Exchange metered(Exchange exchange) {
    Exchange metered = new MeteredExchange(exchange, upstreams, time());
    return spans == NoSpans.OFF ? metered : new TracedExchange(metered, spans);
  }

  private VtpmAttester attester(
      AttestationServices services, AttestationTrust trust, TransferKeyTemplate template) {
    GuestMachine machine =
        new GuestMachine(tpm(), template, eventLog(), OsRelease.read(OS_RELEASE));
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
    Exchange host = metered(JavaHttpExchange.toImds(network, patience.imds()));
    return new ImdsEndpoint(network.imdsBase(), host).within(RequestBudget.ofImds(time()), time());
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
