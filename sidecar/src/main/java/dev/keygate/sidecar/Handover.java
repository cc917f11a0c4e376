package dev.keygate.sidecar;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Passes the running sidecar to the framework, which makes its beans itself and takes no instance.
 * The loop is started first because attesting and releasing take longer than the framework's start,
 * and both together less than one after the other.
 */
final class Handover {

  private static final AtomicReference<RunningSidecar> HANDED_OVER = new AtomicReference<>();

  private Handover() {}

  static void leave(RunningSidecar sidecar) {
    if (!HANDED_OVER.compareAndSet(null, sidecar)) {
      throw new IllegalStateException("a sidecar was handed over already");
    }
  }

  static RunningSidecar take() {
    RunningSidecar sidecar = HANDED_OVER.getAndSet(null);
    if (sidecar == null) {
      throw new IllegalStateException("the framework was started without a sidecar");
    }
    return sidecar;
  }
}
