package dev.keygate.operator.health;

import io.javaoperatorsdk.operator.Operator;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Whether the operator watches. Safe for use by several threads. */
@Singleton
public final class WatchState {

  private final AtomicReference<@Nullable Operator> operator = new AtomicReference<>();

  /** Tells that the operator has started and its caches are filled. */
  public void started(Operator started) {
    operator.set(started);
  }

  /** Tells that the operator is about to stop. */
  public void stopping() {
    operator.set(null);
  }

  boolean isWatching() {
    Operator running = operator.get();
    return running != null && running.getRuntimeInfo().allEventSourcesAreHealthy();
  }
}
