package dev.keygate.sidecar.attest;

import dev.keygate.azure.attestation.VerifiedToken;
import dev.keygate.endpoint.AuthorityEndpoint;
import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;
import dev.keygate.failure.UnavailableException;
import dev.keygate.sidecar.logkey.LogKeys;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Authorities, one after the other. The next one is asked only if one does not answer: a refusal
 * would be the same there.
 */
final class AuthorityOrder {

  private static final Logger LOG = LoggerFactory.getLogger(AuthorityOrder.class);

  private AuthorityOrder() {}

  /** Asks one authority. */
  @FunctionalInterface
  interface Question {
    VerifiedToken ask(AuthorityEndpoint authority) throws FailureException, InterruptedException;
  }

  /**
   * The token of the first that answers.
   *
   * @throws UnavailableException {@code AttestationUnavailable} if none answers
   * @throws FailureException what else one of them is asked in vain for
   */
  static VerifiedToken ask(List<AuthorityEndpoint> authorities, Question question)
      throws FailureException, InterruptedException {
    List<UnavailableException> tried = new ArrayList<>();
    for (AuthorityEndpoint authority : authorities) {
      try {
        return question.ask(authority);
      } catch (UnavailableException unavailable) {
        if (unavailable.reason() != Reason.AttestationUnavailable) {
          throw unavailable;
        }
        tried.add(unavailable);
        LOG.atWarn()
            .addKeyValue(LogKeys.AUTHORITY, authority)
            .addKeyValue(LogKeys.MESSAGE, unavailable.getMessage())
            .log("An authority did not answer");
      }
    }
    throw Silence.of(tried);
  }
}
