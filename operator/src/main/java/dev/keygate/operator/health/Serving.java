package dev.keygate.operator.health;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready while the webhook listens, has a valid certificate to show and sees the service accounts: a
 * replica that has not gets no calls of the API server.
 */
@Readiness
@Singleton
final class Serving implements HealthCheck {

  private final WebhookState state;

  Serving(WebhookState state) {
    this.state = state;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("webhook").status(state.isServing()).build();
  }
}
