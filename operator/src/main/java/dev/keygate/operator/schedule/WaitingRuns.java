package dev.keygate.operator.schedule;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs that wait for a thread. Every second one that is taken is the newest: a run whose turn at
 * its vault has come, or whose spec somebody has just edited, is not kept behind ten thousand that
 * a start or a policy has made due at once, and those are not kept behind new ones for ever.
 */
public final class WaitingRuns extends LinkedBlockingDeque<Runnable> {

  private static final long serialVersionUID = 1L;

  private final AtomicInteger taken = new AtomicInteger();

  /** So many threads that take runs in this order; they live until it is shut down. */
  public static ExecutorService threads(int count) {
    return new ThreadPoolExecutor(count, count, 0, TimeUnit.SECONDS, new WaitingRuns());
  }

  @Override
  public Runnable take() throws InterruptedException {
    return isNewestNext() ? takeLast() : takeFirst();
  }

  private boolean isNewestNext() {
    return taken.getAndIncrement() % 2 == 1;
  }
}
