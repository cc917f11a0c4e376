package dev.keygate.sidecar.health;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** Carries health and metrics over HTTP, on the management port. */
public final class HealthRoutes {

  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;
  private static final String JSON = "application/json";

  private final HealthPages pages;

  /** Routes to what these states and meters say. */
  public HealthRoutes(KeyStates keys, LabMode lab, Meters meters) {
    this.pages = new HealthPages(keys, lab, meters);
  }

  /**
   * Adds {@code /health/live}, {@code /health/ready}, {@code /health/started}, {@code /metrics}.
   */
  public void mount(Router router) {
    router.get("/health/live").handler(r -> send(r, OK, JSON, pages.liveness()));
    router.get("/health/ready").handler(this::readiness);
    router.get("/health/started").handler(this::readiness);
    router
        .get("/metrics")
        .handler(r -> send(r, OK, "text/plain; version=0.0.4; charset=utf-8", pages.metrics()));
  }

  private void readiness(RoutingContext routing) {
    send(routing, pages.isReady() ? OK : UNAVAILABLE, JSON, pages.readiness());
  }

  private static void send(RoutingContext routing, int status, String contentType, String body) {
    routing
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", contentType)
        .putHeader("Cache-Control", "no-store")
        .end(body);
  }
}
