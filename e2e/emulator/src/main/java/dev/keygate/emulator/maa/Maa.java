package dev.keygate.emulator.maa;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.decision.Decision;
import dev.keygate.emulator.entra.TokenRefusedException;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.maa.evidence.AppraisalRefusedException;
import dev.keygate.emulator.maa.evidence.Appraised;
import dev.keygate.emulator.maa.evidence.Appraised.Delivery;
import dev.keygate.emulator.maa.evidence.Appraiser;
import dev.keygate.emulator.maa.guest.SealedToken;
import dev.keygate.emulator.maa.policy.AttestationPolicy;
import dev.keygate.emulator.maa.policy.AuthorizationRule;
import dev.keygate.emulator.maa.policy.ManagementRoutes;
import dev.keygate.emulator.maa.token.SigningKeys;
import dev.keygate.emulator.maa.token.TokenIssuer;
import dev.keygate.emulator.net.HttpRequest;
import dev.keygate.emulator.net.HttpResponse;
import dev.keygate.emulator.net.HttpService;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One attestation provider: anonymous but for its policies, whatever host it is asked from. */
public final class Maa implements HttpService {

  private final String host;
  private final SigningKeys keys;
  private final Map<String, Appraiser> appraisers;
  private final Verifier verifier;
  private final TokenIssuer tokens;
  private final SealedToken sealing;
  private final ManagementRoutes management;
  private volatile AuthorizationRule rule = AuthorizationRule.PERMIT;

  Maa(String host, SigningKeys keys, Map<String, Appraiser> appraisers, Verifier verifier) {
    this.host = host;
    this.keys = keys;
    this.appraisers = Map.copyOf(appraisers);
    this.verifier = verifier;
    this.tokens = new TokenIssuer(issuer(), keys, verifier.time(), verifier.random());
    this.sealing = new SealedToken(verifier.random());
    this.management = new ManagementRoutes(tokens, keys);
  }

  /** The issuer of its tokens, without a slash at its end. */
  public String issuer() {
    return "https://" + host;
  }

  /** Its keys, to be rolled over, and its region, to be failed over. */
  public SigningKeys keys() {
    return keys;
  }

  /** Replaces its policy. */
  public void authorize(AuthorizationRule other) {
    rule = other;
  }

  /** A token with whatever claims; see {@link TokenIssuer#minted}. */
  public String mint(ObjectNode claims) {
    return tokens.minted(claims);
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    List<String> path =
        request.segments().stream().map(segment -> segment.toLowerCase(Locale.ROOT)).toList();
    if (path.size() == 2 && path.getFirst().equals("attest")) {
      return attest(path.getLast(), request);
    }
    if (path.equals(List.of("certs"))) {
      return get(request, keys.published());
    }
    if (path.equals(List.of(".well-known", "openid-configuration"))) {
      return get(request, metadata());
    }
    return ManagementRoutes.isOne(path)
        ? manage(path, request)
        : MaaRefusals.of(404, "NotFound", "The requested resource does not exist.");
  }

  private HttpResponse attest(String kind, HttpRequest request) {
    if (!request.method().equals("POST")) {
      return MaaRefusals.methodNotAllowed();
    }
    Optional<MaaApiVersion> version = MaaApiVersion.find(request);
    if (version.isEmpty() || !version.get().knows(kind)) {
      return MaaRefusals.apiVersion();
    }
    Appraiser appraiser = appraisers.get(kind);
    if (appraiser == null) {
      return MaaRefusals.notAppraised(kind);
    }
    try {
      return deliver(appraiser.appraise(request.body(), verifier.time().now()));
    } catch (AppraisalRefusedException e) {
      record("", Decision.Outcome.DENIED, e.check(), e.detail());
      return MaaRefusals.of(
          400, "InvalidParameter", "The attestation evidence could not be verified.");
    }
  }

  private HttpResponse deliver(Appraised appraised) {
    AttestationPolicy policy = AttestationPolicy.of(rule);
    if (appraised.delivery() instanceof Delivery.Draft(String text)) {
      Optional<AttestationPolicy> draft = AttestationPolicy.parseDraft(text);
      if (draft.isEmpty()) {
        record(appraised.subject(), Decision.Outcome.DENIED, "draft", "not the default policy");
        return MaaRefusals.of(400, "PolicyParsingError", "The draft policy could not be parsed.");
      }
      policy = draft.get();
    } else if (rule == AuthorizationRule.DENY) {
      record(appraised.subject(), Decision.Outcome.DENIED, "policy", policy.text());
      return MaaRefusals.of(
          400, "PolicyEvaluationError", "Authorization rules denied the evidence.");
    }
    ObjectNode claims = appraised.claims().deepCopy().put("x-ms-policy-hash", policy.hash());
    String token =
        switch (appraised.delivery()) {
          case Delivery.Signed signed -> tokens.signed(claims);
          case Delivery.Draft draft -> tokens.unsigned(claims);
          case Delivery.SealedTo(var recipient) -> sealing.seal(tokens.signed(claims), recipient);
        };
    record(appraised.subject(), Decision.Outcome.ALLOWED, "", "token issued");
    return HttpResponse.json(200, Json.object().put("token", token));
  }

  private HttpResponse manage(List<String> path, HttpRequest request) {
    try {
      verifier.callers().verify(request);
    } catch (TokenRefusedException e) {
      return MaaRefusals.unauthorized("The request has no valid access token.")
          .with("WWW-Authenticate", verifier.callers().challenge());
    }
    if (MaaApiVersion.find(request).isEmpty()) {
      return MaaRefusals.apiVersion();
    }
    return switch (management.answer(request.method(), path, AttestationPolicy.of(rule))) {
      case ManagementRoutes.Outcome.Shown(ObjectNode body) -> HttpResponse.json(200, body);
      case ManagementRoutes.Outcome.NotAllowed denied ->
          MaaRefusals.unauthorized("The caller is not authorized to change the provider.");
      case ManagementRoutes.Outcome.Blocked blocked ->
          MaaRefusals.of(503, "ServiceUnavailable", "The provider takes no changes now.");
      case ManagementRoutes.Outcome.UnknownType unknown ->
          MaaRefusals.of(400, "InvalidParameter", "The attestation type is unknown.");
      case ManagementRoutes.Outcome.WrongMethod wrong -> MaaRefusals.methodNotAllowed();
    };
  }

  private ObjectNode metadata() {
    ObjectNode body = Json.object().put("issuer", issuer());
    body.put("jwks_uri", issuer() + "/certs").put("revocation_endpoint", issuer() + "/revoke");
    body.putArray("response_types_supported").add("token").add("none");
    body.putArray("id_token_signing_alg_values_supported").add("RS256");
    ArrayNode supported = body.putArray("claims_supported");
    List.of("cnf", "nonce", "x-ms-ver", "x-ms-attestation-type", "x-ms-policy-hash", "tee")
        .forEach(supported::add);
    return body;
  }

  private static HttpResponse get(HttpRequest request, ObjectNode body) {
    return request.method().equals("GET")
        ? HttpResponse.json(200, body)
        : MaaRefusals.methodNotAllowed();
  }

  private void record(String machine, Decision.Outcome outcome, String check, String detail) {
    verifier
        .log()
        .add(
            new Decision(
                verifier.time().now(),
                "attest",
                host,
                "anonymous",
                machine,
                outcome,
                check,
                detail));
  }

  @Override
  public HttpResponse failure(int status, String sentence) {
    return MaaRefusals.of(status, MaaRefusals.codeOf(status), sentence);
  }
}
