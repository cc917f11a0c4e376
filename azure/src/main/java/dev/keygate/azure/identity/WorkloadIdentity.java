package dev.keygate.azure.identity;

import dev.keygate.azure.http.Answer;
import dev.keygate.azure.http.Call;
import dev.keygate.azure.http.Exchange;
import dev.keygate.azure.http.Payload;
import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.failure.UnavailableException;
import dev.keygate.time.TimeSource;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Exchanges a service account's token for an access token (RFC 7523 client assertion). The file is
 * read for every exchange because the kubelet rotates it. Keeps nothing; see {@link TokenCache}.
 */
public final class WorkloadIdentity implements BearerTokenSource {

  private static final int ASSERTION_LIMIT_BYTES = 64 << 10;
  private static final String JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  private final FederatedIdentity identity;
  private final Exchange exchange;
  private final TokenAnswers answers;

  /**
   * @param exchange over TLS
   */
  public WorkloadIdentity(FederatedIdentity identity, Exchange exchange, TimeSource time) {
    this.identity = identity;
    this.exchange = exchange;
    this.answers = new TokenAnswers("Entra", Set.of(), time);
  }

  @Override
  public BearerToken token(Audience audience) throws FailureException, InterruptedException {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("client_id", identity.clientId());
    form.put("grant_type", "client_credentials");
    form.put("scope", audience.scope());
    form.put("client_assertion_type", JWT_BEARER);
    form.put("client_assertion", assertion());
    URI endpoint =
        URI.create(
            "https://"
                + identity.authorityHost()
                + "/"
                + identity.tenantId()
                + "/oauth2/v2.0/token");
    Call call = Call.post(endpoint, Payload.form(form)).withHeader("Accept", "application/json");
    Answer answer = exchange.send(answers.upstream(), call);
    return answers.read(answer, audience);
  }

  private String assertion() throws FailureException {
    byte[] octets;
    try (InputStream file = Files.newInputStream(identity.tokenFile())) {
      octets = file.readNBytes(ASSERTION_LIMIT_BYTES + 1);
    } catch (IOException unreadable) {
      // The kubelet may be replacing it, or has not written it yet.
      throw new UnavailableException(
          Reason.IdentityUnavailable,
          "a service account token was expected in "
              + identity.tokenFile()
              + ", which cannot be read; mount a projected token with the audience"
              + " api://AzureADTokenExchange there",
          null,
          unreadable);
    }
    String assertion = new String(octets, StandardCharsets.UTF_8).strip();
    if (octets.length > ASSERTION_LIMIT_BYTES || assertion.isEmpty()) {
      throw new RefusedException(
          Reason.IdentityRefused,
          "a service account token was expected in "
              + identity.tokenFile()
              + ", found "
              + (assertion.isEmpty() ? "nothing" : "more than 64 KiB"));
    }
    return assertion;
  }
}
