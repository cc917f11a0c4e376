package dev.keygate.azure.attestation;

import dev.keygate.azure.http.Answer;
import dev.keygate.azure.http.Call;
import dev.keygate.azure.http.Exchange;
import dev.keygate.azure.http.Payload;
import dev.keygate.azure.http.StatusClass;
import dev.keygate.azure.http.Upstream;
import dev.keygate.azure.jose.Jwks;
import dev.keygate.azure.jose.JwsRefusedException;
import dev.keygate.azure.json.JsonFormatException;
import dev.keygate.endpoint.AuthorityEndpoint;
import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.time.TimeSource;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Azure Attestation over its REST interface; anonymous, as the attest calls are. */
public final class MaaHttpClient implements MaaClient {

  private static final Upstream ATTEST =
      new Upstream(
          "Azure Attestation", Reason.AttestationUnavailable, Reason.AttestationTokenInvalid);
  private static final String ATTEST_PATH = "/attest/AzureGuest?api-version=2020-10-01";
  private static final String SEV_SNP_PATH = "/attest/SevSnpVm?api-version=2022-08-01";
  private static final Duration KEPT_FOR = Duration.ofHours(1);
  private static final Duration REFETCH_PAUSE = Duration.ofSeconds(30);

  private final Exchange exchange;
  private final TimeSource time;
  private final Map<AuthorityEndpoint, Fetched> kept = new ConcurrentHashMap<>();

  private record Fetched(IssuerKeys keys, Instant at) {}

  /**
   * @param exchange over TLS
   */
  public MaaHttpClient(Exchange exchange, TimeSource time) {
    this.exchange = exchange;
    this.time = time;
  }

  @Override
  public SealedToken attestAzureGuest(AuthorityEndpoint authority, GuestAttestationRequest request)
      throws FailureException, InterruptedException {
    Call call =
        Call.post(at(authority, ATTEST_PATH), Payload.json(GuestRequestJson.write(request)))
            .withHeader("Accept", "application/json");
    Answer answer = evidence(call);
    try {
      return SealedToken.parse(answer.json().text("token"));
    } catch (JsonFormatException malformed) {
      throw invalid(answer, "a sealed token", malformed.getMessage());
    }
  }

  @Override
  public AttestationToken attestSevSnp(AuthorityEndpoint authority, SnpAttestationRequest request)
      throws FailureException, InterruptedException {
    Call call =
        Call.post(at(authority, SEV_SNP_PATH), Payload.json(request.json()))
            .withHeader("Accept", "application/json");
    Answer answer = evidence(call);
    try {
      return AttestationToken.parse(answer.json().text("token"));
    } catch (JsonFormatException malformed) {
      throw invalid(answer, "a token", malformed.getMessage());
    } catch (JwsRefusedException malformed) {
      throw invalid(answer, "a token", malformed.getMessage());
    }
  }

  @Override
  public IssuerKeys certs(AuthorityEndpoint authority)
      throws FailureException, InterruptedException {
    Fetched before = kept.get(authority);
    return before != null && isYounger(before, KEPT_FOR) ? before.keys() : fetch(authority);
  }

  @Override
  public IssuerKeys certsFor(AuthorityEndpoint authority, AttestationToken token)
      throws FailureException, InterruptedException {
    IssuerKeys keys = certs(authority);
    String keyId = token.unverifiedKeyId().orElse("");
    Fetched fetched = kept.get(authority);
    boolean isRecent = fetched != null && isYounger(fetched, REFETCH_PAUSE);
    return keys.keys().keyIds().contains(keyId) || isRecent ? keys : fetch(authority);
  }

  private boolean isYounger(Fetched fetched, Duration age) {
    return time.now().isBefore(fetched.at().plus(age));
  }

  private IssuerKeys fetch(AuthorityEndpoint authority)
      throws FailureException, InterruptedException {
    Call call =
        Call.get(at(authority, "/certs"))
            .withHeader("Accept", "application/jwk+json, application/json");
    Answer answer = send(call);
    if (!answer.isSuccess()) {
      throw invalid(answer, "a key set", "an error");
    }
    try {
      answer.json();
      IssuerKeys keys = new IssuerKeys(authority, Jwks.parse(answer.body()));
      kept.put(authority, new Fetched(keys, time.now()));
      return keys;
    } catch (JwsRefusedException malformed) {
      throw invalid(answer, "a key set", malformed.getMessage());
    } catch (JsonFormatException malformed) {
      throw invalid(answer, "a key set", malformed.getMessage());
    }
  }

  /** Sends evidence. A refusal of it is about this machine, unlike one of a request for keys. */
  private Answer evidence(Call call) throws FailureException, InterruptedException {
    Answer answer = send(call);
    if (!answer.isSuccess()) {
      throw new RefusedException(
          Reason.AttestationRefused,
          ATTEST.name()
              + " at "
              + answer.describe()
              + "; it does not accept this machine's evidence, so look at the node's firmware,"
              + " collateral and the provider's attestation policy");
    }
    return answer;
  }

  private Answer send(Call call) throws FailureException, InterruptedException {
    Answer answer = exchange.send(ATTEST, call);
    if (StatusClass.isPassing(answer.status())) {
      throw StatusClass.unavailable(ATTEST, answer, time.now());
    }
    return answer;
  }

  private static RefusedException invalid(Answer answer, String expected, String found) {
    return new RefusedException(
        Reason.AttestationTokenInvalid,
        ATTEST.name() + " at " + answer.describe() + ", expected " + expected + ": " + found);
  }

  private static URI at(AuthorityEndpoint authority, String pathAndQuery) {
    return URI.create(authority.url() + pathAndQuery);
  }
}
