package dev.keygate.azure.http;

import dev.keygate.failure.FailureException;
import dev.keygate.failure.RefusedException;
import dev.keygate.failure.UnavailableException;

/**
 * Sends one request and waits for its answer; nothing is tried twice. Implementations are safe for
 * use by several threads, and made for virtual ones.
 */
public interface Exchange {

  /**
   * Sends the request.
   *
   * @param upstream whom failures name, and with which reasons
   * @param call what is sent
   * @return the answer, whatever its status but 3xx
   * @throws UnavailableException if there was no complete answer in time
   * @throws RefusedException if the answer is a redirect or larger than the limit
   * @throws InterruptedException if the calling thread was interrupted; the exchange is given up
   */
  Answer send(Upstream upstream, Call call) throws FailureException, InterruptedException;
}
