package dev.keygate.sidecar.keyvault;

import dev.keygate.azure.attestation.VerifiedToken;
import dev.keygate.azure.http.Answer;
import dev.keygate.azure.http.Call;
import dev.keygate.azure.http.Exchange;
import dev.keygate.azure.http.Payload;
import dev.keygate.azure.http.Upstream;
import dev.keygate.azure.identity.Audience;
import dev.keygate.azure.identity.BearerToken;
import dev.keygate.azure.identity.BearerTokenSource;
import dev.keygate.azure.jose.JwsRefusedException;
import dev.keygate.azure.json.JsonFormatException;
import dev.keygate.azure.keyvault.VaultErrors;
import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.time.TimeSource;
import java.net.URI;

/** The release call of Key Vault and Managed HSM over its REST interface. */
public final class KeyReleaseHttpClient implements KeyReleaseClient {

  static final String API_VERSION = "7.4";

  private static final Upstream VAULT =
      new Upstream("Key Vault", Reason.VaultUnavailable, Reason.VaultResponseMalformed);
  private static final int UNAUTHENTICATED = 401;

  private final Exchange exchange;
  private final BearerTokenSource tokens;
  private final TimeSource time;

  /**
   * @param exchange over TLS
   */
  public KeyReleaseHttpClient(Exchange exchange, BearerTokenSource tokens, TimeSource time) {
    this.exchange = exchange;
    this.tokens = tokens;
    this.time = time;
  }

  @Override
  public ReleaseEnvelope release(ReleaseRequest request, VerifiedToken token)
      throws FailureException, InterruptedException {
    Call call =
        Call.post(
                URI.create(request.key() + "/release?api-version=" + API_VERSION),
                Payload.json(body(request, token)))
            .withHeader("Accept", "application/json");
    Answer answer = sendAuthorized(request, call);
    if (!answer.isSuccess()) {
      throw VaultErrors.translate(answer, time.now());
    }
    return read(answer);
  }

  /** A token may have been withdrawn before its time; then a fresh one is tried, once. */
  private Answer sendAuthorized(ReleaseRequest request, Call call)
      throws FailureException, InterruptedException {
    Audience audience = Audience.of(request.key().vault());
    BearerToken first = tokens.token(audience);
    Answer answer = exchange.send(VAULT, first.authorize(call));
    if (answer.status() != UNAUTHENTICATED) {
      return answer;
    }
    tokens.discard(first);
    return exchange.send(VAULT, tokens.token(audience).authorize(call));
  }

  /** Every value is of an alphabet that needs no escaping. */
  private static String body(ReleaseRequest request, VerifiedToken token) {
    return "{\"target\":\""
        + token.token().reveal()
        + "\",\"enc\":\""
        + request.encryption().name()
        + "\",\"nonce\":\""
        + request.nonce().text()
        + "\"}";
  }

  private static ReleaseEnvelope read(Answer answer) throws RefusedException {
    try {
      return ReleaseEnvelope.parse(
          answer.json().text("value"), answer.header("x-ms-request-id").orElse(""));
    } catch (JsonFormatException malformed) {
      throw new RefusedException(
          Reason.VaultResponseMalformed,
          "Key Vault at "
              + answer.describe()
              + ", expected a release envelope: "
              + malformed.getMessage()
              + ".",
          malformed);
    } catch (JwsRefusedException malformed) {
      throw new RefusedException(
          Reason.EnvelopeInvalid,
          "Key Vault at "
              + answer.describe()
              + ", and what it released is no release envelope: "
              + malformed.getMessage()
              + ".",
          malformed);
    }
  }
}
