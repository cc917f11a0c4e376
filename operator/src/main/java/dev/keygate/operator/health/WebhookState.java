package dev.keygate.operator.health;

import jakarta.inject.Singleton;
import java.util.function.BooleanSupplier;

/** Whether the webhook can answer the API server. Safe for use by several threads. */
@Singleton
public final class WebhookState {

  private volatile BooleanSupplier serving = () -> false;

  /** Tells that the settings switch it off: there is nothing to wait for. */
  public void switchedOff() {
    serving = () -> true;
  }

  /**
   * Tells that it listens.
   *
   * @param canServe asked at every look
   */
  public void started(BooleanSupplier canServe) {
    serving = canServe;
  }

  /** Tells that it is about to stop. */
  public void stopping() {
    serving = () -> false;
  }

  boolean isServing() {
    return serving.getAsBoolean();
  }
}
