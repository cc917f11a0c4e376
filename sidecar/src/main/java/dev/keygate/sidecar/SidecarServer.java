package dev.keygate.sidecar;

import dev.keygate.sidecar.health.HealthRoutes;
import dev.keygate.sidecar.health.LabMode;
import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts a running sidecar's health and metrics on the framework's server. */
@ApplicationScoped
class SidecarServer {

  private static final Logger LOG = LoggerFactory.getLogger(SidecarServer.class);

  private final RunningSidecar sidecar = Handover.take();

  void health(@Observes Router router) {
    new HealthRoutes(sidecar.keyStates(), sidecar.labMode(), sidecar.meters()).mount(router);
    if (sidecar.labMode() == LabMode.ON) {
      LOG.warn(
          "Lab mode: evidence under the lab's roots is believed; a released key proves nothing"
              + " about hardware");
    }
  }

  void stop(@Observes ShutdownEvent event) {
    if (ApplicationLifecycleManager.isVmShuttingDown()) {
      // A signal. A start that failed and a defect come by here too, and neither is the end.
      sidecar.endOfPod();
    }
    sidecar.close();
  }
}
