package dev.keygate.cluster.process;

import java.io.IOException;

/** Asks a started child whether it can be used. */
@FunctionalInterface
public interface Readiness {

  /**
   * Called again and again from the waiting thread until it is true; it must not block for long.
   *
   * @throws ChildProcessException if it never will be, for another child it needs has ended
   * @throws IOException if the child does not answer yet; the last one is quoted when time runs out
   */
  boolean isReady() throws IOException, InterruptedException;
}
