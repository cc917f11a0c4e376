package dev.keygate.sidecar.parallel;

/** The end of a thread, which others wait for. */
public final class ThreadEnd {

  private ThreadEnd() {}

  /**
   * Returns when the thread has ended, or at once if it is the caller's own or was never started.
   * However often the caller is interrupted meanwhile, it waits on and is interrupted afterwards.
   */
  public static void await(Thread thread) {
    if (thread == Thread.currentThread()) {
      return;
    }
    boolean isInterrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException meanwhile) {
        isInterrupted = true;
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
