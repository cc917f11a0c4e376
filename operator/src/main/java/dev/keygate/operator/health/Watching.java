package dev.keygate.operator.health;

import io.javaoperatorsdk.operator.Operator;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;
import org.jspecify.annotations.Nullable;

/**
 * Ready once the caches hold what the API server has, and as long as every watch is alive. Whether
 * a vault or Entra answers is in the objects' conditions: restarting the operator would cure
 * neither.
 */
@Startup
@Readiness
@ApplicationScoped
public class Watching implements HealthCheck {

  private final AtomicReference<@Nullable Operator> operator = new AtomicReference<>();

  /** Tells that the operator has started and its caches are filled. */
  public void started(Operator started) {
    operator.set(started);
  }

  /** Tells that the operator is about to stop. */
  public void stopping() {
    operator.set(null);
  }

  @Override
  public HealthCheckResponse call() {
    Operator running = operator.get();
    return HealthCheckResponse.named("watching")
        .status(running != null && running.getRuntimeInfo().allEventSourcesAreHealthy())
        .build();
  }
}
