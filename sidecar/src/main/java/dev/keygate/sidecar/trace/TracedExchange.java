package dev.keygate.sidecar.trace;

import dev.keygate.azure.http.Answer;
import dev.keygate.azure.http.Call;
import dev.keygate.azure.http.Exchange;
import dev.keygate.azure.http.Upstream;
import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;
import dev.keygate.sidecar.logkey.LogKeys;
import java.util.Locale;

/**
 * An exchange whose calls have spans: one for each call, so that tries and pauses can be told
 * apart.
 *
 * @param exchange sends them
 */
public record TracedExchange(Exchange exchange, StepSpans spans) implements Exchange {

  private static final int STATUSES_PER_CLASS = 100;

  @Override
  public Answer send(Upstream upstream, Call call) throws FailureException, InterruptedException {
    try (Span span = spans.begin(step(upstream, call)).with(LogKeys.UPSTREAM, upstream.name())) {
      return send(upstream, call, span);
    }
  }

  private Answer send(Upstream upstream, Call call, Span span)
      throws FailureException, InterruptedException {
    try {
      Answer answer = exchange.send(upstream, call);
      span.with(LogKeys.OUTCOME, answer.status() / STATUSES_PER_CLASS + "xx");
      return answer;
    } catch (FailureException failure) {
      Reason reason = failure.reason();
      span.with(LogKeys.OUTCOME, reason.kind().name().toLowerCase(Locale.ROOT)).failed(reason);
      throw failure;
    }
  }

  private static Step step(Upstream upstream, Call call) {
    return switch (upstream.unavailable()) {
      case IdentityUnavailable -> Step.IDENTITY_TOKEN;
      case CollateralUnavailable -> Step.COLLATERAL;
      case AttestationUnavailable ->
          call.method() == Call.Method.POST ? Step.ATTEST : Step.ISSUER_KEYS;
      case VaultUnavailable -> Step.RELEASE;
      default -> Step.OTHER_CALL;
    };
  }
}
