package dev.keygate.azure.identity;

import dev.keygate.failure.FailureException;
import dev.keygate.failure.RefusedException;
import dev.keygate.failure.UnavailableException;

/** Gives access tokens of one identity. Implementations are safe for use by several threads. */
@FunctionalInterface
public interface BearerTokenSource {

  /**
   * A token that is valid now.
   *
   * @throws UnavailableException {@code IdentityUnavailable} if the identity provider did not
   *     answer
   * @throws RefusedException {@code IdentityRefused} if it refused, with its code
   */
  BearerToken token(Audience audience) throws FailureException, InterruptedException;

  /**
   * Tells that a service did not accept a token, so that the next one is fetched anew. Sources that
   * keep nothing have nothing to do.
   */
  default void discard(BearerToken refused) {}
}
