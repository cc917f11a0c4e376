package dev.keygate.azure.identity;

import dev.keygate.azure.http.Call;
import dev.keygate.azure.http.Exchange;
import dev.keygate.azure.http.ImdsEndpoint;
import dev.keygate.azure.http.RetryLimits;
import dev.keygate.failure.FailureException;
import dev.keygate.time.TimeSource;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;

/**
 * Asks the instance metadata service for a token of the machine's managed identity. Keeps nothing;
 * see {@link TokenCache}.
 */
public final class ManagedIdentity implements BearerTokenSource {

  /**
   * Five attempts from 2 s on, as the service's documentation asks for; long enough for the 70 s
   * that it may take to update itself.
   */
  public static final RetryLimits RETRY_LIMITS =
      new RetryLimits(5, Duration.ofSeconds(2), Duration.ofSeconds(60), Duration.ofSeconds(100));

  /** The service answers so while it updates itself. */
  private static final Set<Integer> UPDATING = Set.of(404, 410);

  private static final String PATH = "/metadata/identity/oauth2/token?api-version=2018-02-01";

  private final URI imdsBase;
  private final String choice;
  private final Exchange exchange;
  private final TokenAnswers answers;

  private ManagedIdentity(ImdsEndpoint imds, String choice, TimeSource time) {
    this.imdsBase = imds.base();
    this.choice = choice;
    this.exchange = imds.exchange();
    this.answers = new TokenAnswers("the instance metadata service", UPDATING, time);
  }

  /** The machine's only identity, or its system-assigned one. */
  public static ManagedIdentity ofMachine(ImdsEndpoint imds, TimeSource time) {
    return new ManagedIdentity(imds, "", time);
  }

  /**
   * One of the machine's user-assigned identities.
   *
   * @param clientId its client id, a GUID
   */
  public static ManagedIdentity withClientId(ImdsEndpoint imds, String clientId, TimeSource time) {
    return new ManagedIdentity(imds, "&client_id=" + encode(clientId), time);
  }

  @Override
  public BearerToken token(Audience audience) throws FailureException, InterruptedException {
    URI uri = URI.create(imdsBase + PATH + "&resource=" + encode(audience.resource()) + choice);
    Call call = Call.get(uri).withHeader("Metadata", "true");
    return answers.read(exchange.send(answers.upstream(), call), audience);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
