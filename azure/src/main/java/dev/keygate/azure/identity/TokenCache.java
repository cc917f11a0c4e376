package dev.keygate.azure.identity;

import dev.keygate.azure.flight.SingleFlight;
import dev.keygate.azure.http.RetryPolicy;
import dev.keygate.failure.FailureException;
import dev.keygate.failure.UnavailableException;
import dev.keygate.time.TimeSource;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps one token for each audience until five minutes before it expires. However many callers need
 * a new one at once, one of them fetches and all of them get what it got, token or failure. If the
 * identity provider is away, a token that still works is given out.
 */
public final class TokenCache implements BearerTokenSource {

  private static final Duration REFRESH_BEFORE = Duration.ofMinutes(5);
  private static final Duration LEAST_LIFETIME = Duration.ofSeconds(30);

  private final BearerTokenSource source;
  private final RetryPolicy retry;
  private final TimeSource time;
  private final Map<Audience, BearerToken> kept = new ConcurrentHashMap<>();
  private final SingleFlight<Audience, BearerToken> flights = new SingleFlight<>();

  /**
   * @param source fetches
   * @param retry how often a fetch is tried
   */
  public TokenCache(BearerTokenSource source, RetryPolicy retry, TimeSource time) {
    this.source = source;
    this.retry = retry;
    this.time = time;
  }

  @Override
  public BearerToken token(Audience audience) throws FailureException, InterruptedException {
    Optional<BearerToken> fresh = living(audience, REFRESH_BEFORE);
    return fresh.isPresent() ? fresh.get() : flights.run(audience, () -> renew(audience));
  }

  @Override
  public void discard(BearerToken refused) {
    kept.remove(refused.audience(), refused);
  }

  private BearerToken renew(Audience audience) throws FailureException, InterruptedException {
    Optional<BearerToken> landed = living(audience, REFRESH_BEFORE);
    BearerToken token = landed.isPresent() ? landed.get() : fetch(audience);
    kept.put(audience, token);
    return token;
  }

  private BearerToken fetch(Audience audience) throws FailureException, InterruptedException {
    try {
      return retry.run(() -> source.token(audience));
    } catch (UnavailableException unavailable) {
      return living(audience, LEAST_LIFETIME).orElseThrow(() -> unavailable);
    }
  }

  private Optional<BearerToken> living(Audience audience, Duration forAtLeast) {
    return Optional.ofNullable(kept.get(audience))
        .filter(token -> token.expiresAt().isAfter(time.now().plus(forAtLeast)));
  }
}
