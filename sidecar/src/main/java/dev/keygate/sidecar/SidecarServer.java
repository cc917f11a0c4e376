package dev.keygate.sidecar;

import dev.keygate.failure.RefusedException;
import dev.keygate.sidecar.config.CallerSettings;
import dev.keygate.sidecar.config.Settings;
import dev.keygate.sidecar.config.SettingsReader;
import dev.keygate.sidecar.delivery.MemoryLease;
import dev.keygate.sidecar.health.HealthRoutes;
import dev.keygate.sidecar.health.KeyStates;
import dev.keygate.sidecar.health.LabMode;
import dev.keygate.sidecar.localapi.CallerRegister;
import dev.keygate.sidecar.localapi.LocalApi;
import dev.keygate.sidecar.localapi.LocalRoutes;
import dev.keygate.sidecar.release.GrantFolder;
import dev.keygate.sidecar.release.GrantSource;
import dev.keygate.sidecar.release.KeyPin;
import dev.keygate.sidecar.release.KeyPlans;
import dev.keygate.sidecar.release.OutcomeBoard;
import dev.keygate.sidecar.release.ReleaseFlow;
import dev.keygate.sidecar.release.ReleaseLoop;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server: the release loop on a thread of its own, started before anything listens, and the
 * routes that read what it delivers.
 */
@ApplicationScoped
class SidecarServer {

  private static final Logger LOG = LoggerFactory.getLogger(SidecarServer.class);

  private final MemoryLease lease = new MemoryLease();
  private final OutcomeBoard board = new OutcomeBoard();
  private final Settings settings;
  private final CallerRegister callers;
  private final Thread loop;

  SidecarServer() throws RefusedException {
    this.settings = Settings.from(SettingsReader.read());
    Assembly assembly = Assembly.of(settings.platform());
    this.callers = callers(settings, assembly.random());
    ReleaseLoop releases = loop(assembly);
    List<KeyPin> pins =
        settings.keys().entrySet().stream()
            .map(key -> new KeyPin(key.getKey(), key.getValue()))
            .toList();
    this.loop =
        Thread.ofVirtual()
            .name("release-loop")
            .uncaughtExceptionHandler((_, defect) -> crash(defect))
            .unstarted(() -> releases.run(pins));
    loop.start();
    settings
        .platform()
        .lab()
        .ifPresent(
            lab ->
                LOG.atWarn()
                    .addKeyValue("trustRoots", lab.tlsRoot().getParent())
                    .log(
                        "Lab mode: evidence under the lab's roots is believed; a released key"
                            + " proves nothing about hardware"));
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

  /** Reads the caller tokens and writes those that are missing. */
  static CallerRegister callers(Settings settings, SecureRandom random) throws RefusedException {
    CallerSettings callers = settings.local().callers();
    return callers.directory().isPresent()
        ? CallerRegister.open(callers.directory().get(), callers.keysByContainer(), random)
        : CallerRegister.empty();
  }

  void localApi(@Observes Router router) {
    new LocalRoutes(new LocalApi(settings.local().apiPort(), callers, lease, board)).mount(router);
  }

  void management(@Observes ManagementInterface management) {
    LabMode lab = settings.platform().lab().isPresent() ? LabMode.ON : LabMode.OFF;
    new HealthRoutes(new KeyStates(List.copyOf(settings.keys().keySet()), lease, board), lab)
        .mount(management.router());
  }

  void stop(@Observes ShutdownEvent event) {
    loop.interrupt();
    lease.close();
  }

  private static void crash(Throwable defect) {
    LOG.atError().setCause(defect).log("The release loop ended by a defect");
    Quarkus.asyncExit(ExitCode.DEFECT.status());
  }
}
