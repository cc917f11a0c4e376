package dev.keygate.operator.health;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/**
 * Ready once the caches hold what the API server has, and as long as every watch is alive. Whether
 * a vault or Entra answers is in the objects' conditions: restarting the operator would cure
 * neither.
 */
@Startup
@Readiness
@Singleton
final class Watching implements HealthCheck {

  private final WatchState state;

  Watching(WatchState state) {
    this.state = state;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("watching").status(state.isWatching()).build();
  }
}
