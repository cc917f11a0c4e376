package dev.keygate.sidecar;

import dev.keygate.failure.RefusedException;
import dev.keygate.sidecar.config.CallerSettings;
import dev.keygate.sidecar.config.Settings;
import dev.keygate.sidecar.delivery.MemoryLease;
import dev.keygate.sidecar.health.KeyStates;
import dev.keygate.sidecar.health.LabMode;
import dev.keygate.sidecar.localapi.CallerRegister;
import dev.keygate.sidecar.localapi.LocalApi;
import dev.keygate.sidecar.release.GrantFolder;
import dev.keygate.sidecar.release.GrantSource;
import dev.keygate.sidecar.release.KeyPin;
import dev.keygate.sidecar.release.KeyPlans;
import dev.keygate.sidecar.release.OutcomeBoard;
import dev.keygate.sidecar.release.ReleaseFlow;
import dev.keygate.sidecar.release.ReleaseLoop;
import io.quarkus.runtime.Quarkus;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The release loop on a thread of its own, and what it delivers. */
final class RunningSidecar implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RunningSidecar.class);

  private final MemoryLease lease = new MemoryLease();
  private final OutcomeBoard board = new OutcomeBoard();
  private final Settings settings;
  private final CallerRegister callers;
  private final Thread loop;

  private RunningSidecar(Settings settings, Assembly assembly) throws RefusedException {
    this.settings = settings;
    this.callers = callers(assembly);
    ReleaseLoop releases = loop(assembly);
    this.loop =
        Thread.ofVirtual()
            .name("release-loop")
            .uncaughtExceptionHandler((_, defect) -> crash(defect))
            .unstarted(() -> releases.run(pins()));
  }

  /**
   * Starts the loop. The caller tokens lie where the settings say when this returns.
   *
   * @throws RefusedException if something that the settings name cannot be used
   */
  static RunningSidecar start(Settings settings, Assembly assembly) throws RefusedException {
    RunningSidecar sidecar = new RunningSidecar(settings, assembly);
    sidecar.loop.start();
    return sidecar;
  }

  /** What is answered to the pod's containers. */
  LocalApi localApi() {
    return new LocalApi(settings.local().apiPort(), callers, lease, board);
  }

  /** What health and metrics are made of. */
  KeyStates keyStates() {
    return new KeyStates(List.copyOf(settings.keys().keySet()), lease, board);
  }

  LabMode labMode() {
    return settings.platform().lab().isPresent() ? LabMode.ON : LabMode.OFF;
  }

  /** Stops the loop and zeroes every key. */
  @Override
  public void close() {
    loop.interrupt();
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
            written.directory().get(), written.keysByContainer(), assembly.random())
        : CallerRegister.empty();
  }

  private ReleaseLoop loop(Assembly assembly) throws RefusedException {
    ReleaseFlow flow = assembly.flow(settings.identity(), lease);
    Optional<GrantSource> grants = settings.grants().directory().map(GrantFolder::new);
    return new ReleaseLoop(
        flow,
        new ReleaseLoop.LoopEnds(new KeyPlans(grants), lease, board),
        new ReleaseLoop.LoopTiming(
            assembly.time(), assembly.random(), settings.grants().pollInterval()));
  }

  private static void crash(Throwable defect) {
    LOG.atError().setCause(defect).log("The release loop ended by a defect");
    Quarkus.asyncExit(ExitCode.DEFECT.status());
  }
}
