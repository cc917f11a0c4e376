package dev.keygate.bench.sidecar;

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
import dev.keygate.azure.identity.TokenCache;
import dev.keygate.azure.thim.CollateralCache;
import dev.keygate.azure.thim.CollateralLimits;
import dev.keygate.azure.thim.ImdsCollateralSource;
import dev.keygate.azure.thim.RegionalCacheCollateralSource;
import dev.keygate.azure.thim.ThimHttpClient;
import dev.keygate.endpoint.AuthorityEndpoint;
import dev.keygate.endpoint.EndpointFormatException;
import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.evidence.endorsement.PinnedRoots;
import dev.keygate.failure.FailureException;
import dev.keygate.sidecar.attest.AttestationServices;
import dev.keygate.sidecar.attest.AttestationTrust;
import dev.keygate.sidecar.attest.GuestMachine;
import dev.keygate.sidecar.attest.OsRelease;
import dev.keygate.sidecar.attest.VtpmAttester;
import dev.keygate.sidecar.delivery.KeySink;
import dev.keygate.sidecar.device.TpmLocation;
import dev.keygate.sidecar.device.TransferKeyTemplate;
import dev.keygate.sidecar.keyvault.EnvelopeVerifier;
import dev.keygate.sidecar.keyvault.KeyReleaseHttpClient;
import dev.keygate.sidecar.release.KeyPlans;
import dev.keygate.sidecar.release.KeyTarget;
import dev.keygate.sidecar.release.OutcomeBoard;
import dev.keygate.sidecar.release.ReleaseFlow;
import dev.keygate.sidecar.release.ReleaseLoop;
import dev.keygate.sidecar.release.ReleaseOutcome;
import dev.keygate.sidecar.release.ReleasePorts;
import dev.keygate.sidecar.release.ReleaseRules;
import dev.keygate.sidecar.unwrap.KeyEncryption;
import dev.keygate.time.TimeSource;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A sidecar's flow over connections of its own, whose calls are spans. */
final class Rig implements AutoCloseable {

  /** As the sidecar has it. */
  static final RetryLimits IN_FLOW =
      new RetryLimits(3, Duration.ofMillis(200), Duration.ofSeconds(3), Duration.ofSeconds(15));

  private static final Duration POLL = Duration.ofSeconds(2);

  private final JavaHttpExchange azure;
  private final JavaHttpExchange imds;
  private final ReleaseFlow flow;

  private Rig(JavaHttpExchange azure, JavaHttpExchange imds, ReleaseFlow flow) {
    this.azure = azure;
    this.imds = imds;
    this.flow = flow;
  }

  /**
   * Where a sidecar finds its machine and its keys.
   *
   * @param tpm the socket of its vTPM
   * @param tokens where it gets access tokens, given its way to the metadata service
   * @param sink where its keys go
   */
  record Site(BenchLab lab, Path tpm, Spans spans, Tokens tokens, KeySink sink) {}

  /** Chooses an identity. */
  interface Tokens {
    BearerTokenSource over(ImdsEndpoint imds);
  }

  static Rig of(Site site, TimeSource time)
      throws FailureException, IOException, GeneralSecurityException {
    AzureNetwork network = site.lab().network();
    SecureRandom random = new SecureRandom();
    JavaHttpExchange azure = JavaHttpExchange.overTls(network, Timeouts.REMOTE);
    JavaHttpExchange local = JavaHttpExchange.toImds(network, Timeouts.LOCAL);
    Exchange remote = site.spans().observed(azure);
    ImdsEndpoint imds =
        new ImdsEndpoint(network.imdsBase(), site.spans().observed(local))
            .within(RequestBudget.ofImds(time), time);
    RetryPolicy retry = new RetryPolicy(IN_FLOW, time, random);
    PinnedRoots roots = site.lab().roots();
    AttestationServices services =
        new AttestationServices(
            collateral(imds, remote, roots, time), new MaaHttpClient(remote, time), retry, time);
    VtpmAttester attester = new VtpmAttester(machine(site), trust(roots), services, random);
    BearerTokenSource tokens = new TokenCache(site.tokens().over(imds), retry, time);
    ReleasePorts ports =
        new ReleasePorts(
            attester, new KeyReleaseHttpClient(remote, tokens, time), tokens, site.sink());
    ReleaseRules rules =
        new ReleaseRules(
            KeyEncryption.RSA_AES_KEY_WRAP_256, new EnvelopeVerifier(network.tlsRoots()), retry);
    return new Rig(azure, local, new ReleaseFlow(ports, rules, time, random));
  }

  private static CollateralCache collateral(
      ImdsEndpoint imds, Exchange azure, PinnedRoots roots, TimeSource time) {
    return new CollateralCache(
        List.of(
            new ImdsCollateralSource(new ThimHttpClient(imds, time)),
            new RegionalCacheCollateralSource(RegionalCacheCollateralSource.NEAREST, azure, time)),
        roots,
        CollateralLimits.DEFAULT,
        time);
  }

  private static GuestMachine machine(Site site) {
    return new GuestMachine(
        new TpmLocation.LabSocket(site.tpm()),
        TransferKeyTemplate.RANDOM,
        site.lab().machine().eventLog(),
        OsRelease.read(Path.of("/etc/os-release")));
  }

  private static AttestationTrust trust(PinnedRoots roots) {
    try {
      return new AttestationTrust(
          roots, List.of(AuthorityEndpoint.parse("https://" + BenchLab.AUTHORITY)));
    } catch (EndpointFormatException e) {
      throw new IllegalStateException("the lab's authority is none", e);
    }
  }

  /** What keeps keys released: tries, waits and tries again, as the sidecar does. */
  static ReleaseLoop loop(ReleaseFlow flow, KeySink sink, TimeSource time) {
    return new ReleaseLoop(
        flow,
        new ReleaseLoop.LoopEnds(
            new KeyPlans(Optional.empty(), List.of()), sink, new OutcomeBoard()),
        new ReleaseLoop.LoopTiming(time, new SecureRandom(), POLL));
  }

  ReleaseFlow flow() {
    return flow;
  }

  /** Tries each of the keys once. */
  List<ReleaseOutcome> release(List<KeyIdentifier> keys) throws InterruptedException {
    List<KeyTarget> targets =
        keys.stream().map(key -> new KeyTarget(key.name(), key, Optional.empty())).toList();
    return flow.release(targets);
  }

  @Override
  public void close() {
    flow.close();
    azure.close();
    imds.close();
  }
}
