package dev.keygate.emulator.maa;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.decision.Decision;
import dev.keygate.emulator.decision.DecisionLog;
import dev.keygate.emulator.json.Base64Text;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.net.HttpRequest;
import dev.keygate.emulator.net.HttpResponse;
import dev.keygate.emulator.net.HttpService;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.time.TimeSource;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** One attestation provider: anonymous, whatever host it is asked from. */
public final class Maa implements HttpService {

  private static final Duration LIFETIME = Duration.ofHours(8);
  private static final Set<String> API_VERSIONS =
      Set.of("2020-10-01", "2022-08-01", "2022-09-01-preview", "2023-04-01-preview", "2025-06-01");
  private static final Set<String> KINDS =
      Set.of("sgxenclave", "openenclave", "sevsnpvm", "tdxvm", "tpm");
  // The unsigned default policy: it permits whatever verifies.
  private static final String POLICY_HASH =
      Base64Text.url(
          Bytes.ofUtf8(
                  Base64Text.url(
                      "version= 1.0;authorizationrules{=> permit();};issuancerules{};"
                          .getBytes(UTF_8)))
              .sha256()
              .toArray());

  private final String host;
  private final List<SigningKey> keys;
  private final GuestAppraisal appraisal;
  private final GuestClaims claims;
  private final SealedToken sealing;
  private final DecisionLog log;
  private final TimeSource time;
  private final SecureRandom random;

  Maa(String host, List<SigningKey> keys, GuestAppraisal appraisal, Verifier verifier) {
    this.host = host;
    this.keys = List.copyOf(keys);
    this.appraisal = appraisal;
    this.claims = new GuestClaims(verifier.knownMeasurements());
    this.sealing = new SealedToken(verifier.random());
    this.log = verifier.log();
    this.time = verifier.time();
    this.random = verifier.random();
  }

  /** The issuer of its tokens, without a slash at its end. */
  public String issuer() {
    return "https://" + host;
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    List<String> path =
        request.segments().stream().map(segment -> segment.toLowerCase(Locale.ROOT)).toList();
    if (path.size() == 2 && path.getFirst().equals("attest")) {
      return attest(path.getLast(), request);
    }
    if (path.equals(List.of("certs"))) {
      return get(request, keySet());
    }
    if (path.equals(List.of(".well-known", "openid-configuration"))) {
      return get(request, metadata());
    }
    return error(404, "NotFound", "The requested resource does not exist.");
  }

  private HttpResponse attest(String kind, HttpRequest request) {
    if (!request.method().equals("POST")) {
      return error(405, "MethodNotAllowed", "Only POST is allowed.");
    }
    if (!API_VERSIONS.contains(request.parameter("api-version").orElse(""))) {
      return error(400, "InvalidParameter", "The api-version is missing or not supported.");
    }
    if (KINDS.contains(kind)) {
      return error(400, "InvalidOperation", "The lab's provider does not appraise this evidence.");
    }
    if (!kind.equals("azureguest")) {
      return error(404, "NotFound", "The requested resource does not exist.");
    }
    try {
      GuestEvidence evidence = AttestationInfoParser.parse(request.body());
      AppraisedGuest guest = appraisal.appraise(evidence, time.now());
      String token = keys.getFirst().sign(issuer(), claims(guest));
      record(guest.vmId(), Decision.Outcome.ALLOWED, "", "token issued");
      return HttpResponse.json(
          200, Json.object().put("token", sealing.seal(token, guest.ephemeralKey())));
    } catch (AppraisalRefusedException e) {
      record("", Decision.Outcome.DENIED, e.check(), e.detail());
      return error(400, "InvalidParameter", "The attestation evidence could not be verified.");
    }
  }

  private ObjectNode claims(AppraisedGuest guest) {
    Instant now = time.now();
    byte[] id = new byte[32];
    random.nextBytes(id);
    ObjectNode all = Json.object().put("iss", issuer());
    all.put("iat", now.getEpochSecond()).put("nbf", now.getEpochSecond());
    all.put("exp", now.plus(LIFETIME).getEpochSecond());
    all.put("jti", Base64Text.hex(id)).put("x-ms-ver", "1.0");
    all.put("x-ms-policy-hash", POLICY_HASH);
    return all.setAll(claims.of(guest));
  }

  private ObjectNode keySet() {
    ObjectNode set = Json.object();
    ArrayNode list = set.putArray("keys");
    keys.forEach(key -> list.add(key.jwk()));
    return set;
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
        : error(405, "MethodNotAllowed", "Only GET is allowed.");
  }

  private void record(String machine, Decision.Outcome outcome, String check, String detail) {
    log.add(new Decision(time.now(), "attest", host, "anonymous", machine, outcome, check, detail));
  }

  private static HttpResponse error(int status, String code, String message) {
    ObjectNode body = Json.object();
    body.putObject("error").put("code", code).put("message", message);
    return HttpResponse.json(status, body).with("x-ms-error-code", code);
  }

  @Override
  public HttpResponse failure(int status, String sentence) {
    return error(status, status >= 500 ? "InternalServerError" : "InvalidParameter", sentence);
  }
}
