package dev.keygate.sidecar;

import dev.keygate.failure.RefusedException;
import dev.keygate.sidecar.config.CallerSettings;
import dev.keygate.sidecar.config.Settings;
import dev.keygate.sidecar.delivery.EverySink;
import dev.keygate.sidecar.delivery.FileDelivery;
import dev.keygate.sidecar.delivery.KeySink;
import dev.keygate.sidecar.delivery.MemoryLease;
import dev.keygate.sidecar.health.KeyStates;
import dev.keygate.sidecar.health.LabMode;
import dev.keygate.sidecar.health.Meters;
import dev.keygate.sidecar.localapi.ApiSources;
import dev.keygate.sidecar.localapi.CallerRegister;
import dev.keygate.sidecar.localapi.LocalApi;
import dev.keygate.sidecar.meter.CallMeter;
import dev.keygate.sidecar.meter.UpstreamMeter;
import dev.keygate.sidecar.parallel.ThreadEnd;
import dev.keygate.sidecar.release.GrantFolder;
import dev.keygate.sidecar.release.GrantSource;
import dev.keygate.sidecar.release.KeyPin;
import dev.keygate.sidecar.release.KeyPlans;
import dev.keygate.sidecar.release.OutcomeBoard;
import dev.keygate.sidecar.release.ReleaseFlow;
import dev.keygate.sidecar.release.ReleaseLoop;
import dev.keygate.sidecar.wire.LocalServer;
import dev.keygate.sidecar.wire.WireLimits;
import io.quarkus.runtime.Quarkus;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The release loop on a thread of its own, and what it delivers. */
final class RunningSidecar implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RunningSidecar.class);

  private final MemoryLease lease = new MemoryLease();
  private final OutcomeBoard board = new OutcomeBoard();
  private final CallMeter calls = new CallMeter();
  private final UpstreamMeter upstreams;
  private final AtomicReference<@Nullable Throwable> defect = new AtomicReference<>();
  private final Settings settings;
  private final CallerRegister callers;
  private final FileDelivery files;
  private final KeySink sink;
  private final Thread loop;
  private final LocalServer localApi;
  private final Thread tidying;

  private RunningSidecar(Settings settings, Assembly assembly) throws RefusedException {
    this.settings = settings;
    this.upstreams = assembly.upstreams();
    this.callers = callers(assembly);
    this.files = files(settings.local().callers());
    this.sink = new EverySink(List.of(files, lease));
    Assembly.Assembled assembled = assembly.assemble(settings.identity(), sink);
    ReleaseLoop releases = loop(assembly, assembled.flow());
    this.loop =
        Thread.ofVirtual()
            .name("release-loop")
            .uncaughtExceptionHandler((_, thrown) -> crash(thrown))
            .unstarted(() -> releases.run(pins()));
    this.localApi = listen(assembly, assembled);
    this.tidying = Tidying.begin(keyStates()::isComplete, assembly.time());
  }

  /**
   * Starts the loop and the local API. The caller tokens lie where the settings say when this
   * returns.
   *
   * @throws RefusedException if something that the settings name cannot be used
   */
  static RunningSidecar start(Settings settings, Assembly assembly) throws RefusedException {
    RunningSidecar sidecar = new RunningSidecar(settings, assembly);
    sidecar.loop.start();
    return sidecar;
  }

  /** What health and metrics are made of. */
  KeyStates keyStates() {
    return new KeyStates(List.copyOf(settings.keys().keySet()), sink, board);
  }

  /** What this process has been asked and has asked others. */
  Meters meters() {
    return new Meters(upstreams, calls);
  }

  LabMode labMode() {
    return settings.platform().lab().isPresent() ? LabMode.ON : LabMode.OFF;
  }

  /** The defect that ended the loop, if one did. */
  Optional<Throwable> defect() {
    return Optional.ofNullable(defect.get());
  }

  /**
   * Removes the delivered files, because this process was told to end: a sidecar is, when the pod's
   * other containers have ended. A process that ends by itself leaves them, for the app goes on and
   * so will its own successor. When this returns, the loop has ended.
   */
  void endOfPod() {
    loop.interrupt();
    try {
      // Before the wait: a device that does not answer must not keep keys on a volume.
      files.wipe();
    } catch (IOException left) {
      LOG.atWarn().setCause(left).log("Delivered keys could not be removed at the end");
    } finally {
      ThreadEnd.await(loop);
    }
  }

  /**
   * Stops the loop and zeroes every key that is held; delivered files stay. When this returns, the
   * loop has ended, unless it is the caller, and writes nothing more.
   */
  @Override
  public void close() {
    tidying.interrupt();
    loop.interrupt();
    localApi.close();
    ThreadEnd.await(loop);
    lease.close();
  }

  private List<KeyPin> pins() {
    return settings.keys().entrySet().stream()
        .map(key -> new KeyPin(key.getKey(), key.getValue()))
        .toList();
  }

  private CallerRegister callers(Assembly assembly) throws RefusedException {
    CallerSettings written = settings.local().callers();
    return written.directory().isPresent()
        ? CallerRegister.open(
            written.directory().get(),
            written.readers(),
            written.keysByContainer(),
            assembly.random())
        : CallerRegister.empty();
  }

  private static FileDelivery files(CallerSettings written) throws RefusedException {
    return written.directory().isPresent()
        ? FileDelivery.open(
            written.directory().get(), written.readers(), written.filesByContainer())
        : FileDelivery.none();
  }

  private ReleaseLoop loop(Assembly assembly, ReleaseFlow flow) {
    return new ReleaseLoop(
        flow,
        new ReleaseLoop.LoopEnds(
            new KeyPlans(grants(), settings.platform().authorities()), sink, board),
        new ReleaseLoop.LoopTiming(
            assembly.time(), assembly.random(), settings.grants().pollInterval()));
  }

  private Optional<GrantSource> grants() {
    return settings.grants().directory().map(GrantFolder::new);
  }

  private LocalServer listen(Assembly assembly, Assembly.Assembled assembled)
      throws RefusedException {
    Optional<GrantSource> grants = grants();
    ApiSources.Attestation attestation =
        new ApiSources.Attestation(
            assembled.attestations(),
            name ->
                grants.isPresent()
                    ? Optional.of(grants.get().read(name).policy())
                    : Optional.empty(),
            assembled.apps(),
            assembly.finding());
    LocalApi api =
        new LocalApi(callers, new ApiSources(lease, board, attestation, calls), assembly.time());
    return LocalServer.start(
        new LocalServer.Serving(api, WireLimits.STANDARD, assembly.time()),
        settings.local().listeners(),
        settings.local().callers().readers());
  }

  private void crash(Throwable thrown) {
    defect.set(thrown);
    LOG.atError().setCause(thrown).log("The release loop ended by a defect");
    Quarkus.asyncExit(ExitCode.DEFECT.status());
  }
}
