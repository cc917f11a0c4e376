package dev.keygate.emulator.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.decision.Decision;
import dev.keygate.emulator.entra.FederatedCredential;
import dev.keygate.emulator.fault.FaultCount;
import dev.keygate.emulator.fault.FaultRoute;
import dev.keygate.emulator.fault.FaultText;
import dev.keygate.emulator.fault.LatencyProfile;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.json.MalformedTextException;
import dev.keygate.emulator.net.HttpRequest;
import dev.keygate.emulator.net.HttpResponse;
import dev.keygate.emulator.net.HttpService;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The endpoint.
 *
 * <pre>
 *   GET  /lab                    what lab.json says
 *   GET  /decisions              [{at, operation, host, caller, subject, outcome, check, detail}]
 *   POST /federated-credentials  {clientId, issuer, subject, issuerCaPem}
 *   POST /permissions            {vault, principal, keys: [get, release, …]}
 *   POST /pcrs                   {machine, pcr}: extends the PCR
 *   POST /vaults/VAULT/keys/KEY/rotate   no body; answers {kid} of the new version
 *   POST /tokens/PRINCIPAL?resource=URL  no body; answers an access token as text, for Key Vault
 *                                        where no resource is named
 *   POST /faults                 one fault, as {@link FaultText} says
 *   GET  /faults                 [{host, path, calls, strikes}] of those that are not over
 *   DELETE /faults               all of them
 *   POST /latency                {profile: none|region|continent|bad-day}
 *   GET  /clock                  {now, rate}
 *   POST /clock                  {advanceSeconds, rate}: one of them or both
 * </pre>
 *
 * and those of {@link AuthorityRoutes}, {@link MachineRoutes} and {@link SwitchRoutes}. The others
 * answer 204, or 400 with a sentence.
 */
public final class Admin implements HttpService {

  private static final Pattern ROTATION =
      Pattern.compile("POST /vaults/([^/]+)/keys/([^/]+)/rotate");

  private static final Pattern TOKEN = Pattern.compile("POST /tokens/([^/]+)");

  private final LabControl lab;
  private final AuthorityRoutes authorities;
  private final MachineRoutes machines;
  private final SwitchRoutes switches;

  /** An endpoint for this lab. */
  public Admin(LabControl lab) {
    this.lab = lab;
    this.authorities = new AuthorityRoutes(lab.authorityControl());
    this.machines = new MachineRoutes(lab.machineControl());
    this.switches = new SwitchRoutes(lab.switchControl());
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    try {
      return switch (request.method() + " " + request.path()) {
        case "GET /lab" -> HttpResponse.json(200, lab.endpoints());
        case "GET /decisions" -> HttpResponse.json(200, decisions());
        case "POST /federated-credentials" -> register(Json.parseObject(request.body()));
        case "POST /permissions" -> assign(Json.parseObject(request.body()));
        case "POST /pcrs" -> extend(Json.parseObject(request.body()));
        case "GET /faults" -> HttpResponse.json(200, faults());
        case "POST /faults" -> inject(Json.parseObject(request.body()));
        case "DELETE /faults" -> clearFaults();
        case "POST /latency" -> setLatency(Json.parseObject(request.body()));
        case "GET /clock" -> HttpResponse.json(200, clock());
        case "POST /clock" -> setClock(Json.parseObject(request.body()));
        default -> ofOthers(request);
      };
    } catch (MalformedTextException e) {
      return failure(400, "The body: " + e.getMessage() + ".");
    } catch (IllegalArgumentException e) {
      return failure(400, "The request: " + e.getMessage() + ".");
    }
  }

  private HttpResponse ofOthers(HttpRequest request) throws MalformedTextException {
    Optional<HttpResponse> answer = authorities.answer(request);
    if (answer.isEmpty()) {
      answer = machines.answer(request);
    }
    if (answer.isEmpty()) {
      answer = switches.answer(request);
    }
    return answer.isPresent() ? answer.get() : named(request);
  }

  private HttpResponse named(HttpRequest request) {
    String asked = request.method() + " " + request.path();
    Matcher rotation = ROTATION.matcher(asked);
    if (rotation.matches()) {
      String kid = lab.rotate(rotation.group(1), rotation.group(2));
      return HttpResponse.json(200, Json.object().put("kid", kid));
    }
    Matcher token = TOKEN.matcher(asked);
    if (token.matches()) {
      String principal = token.group(1);
      return HttpResponse.text(
          200,
          request
              .parameter("resource")
              .map(resource -> lab.token(principal, resource))
              .orElseGet(() -> lab.vaultToken(principal)));
    }
    return failure(404, "There is no such route.");
  }

  private HttpResponse inject(ObjectNode body) {
    lab.inject(FaultText.read(body, lab.vaultHosts()));
    return HttpResponse.empty(204);
  }

  private ArrayNode faults() {
    ArrayNode list = Json.array();
    for (FaultCount counted : lab.faults()) {
      FaultRoute route = counted.fault().route();
      list.addObject()
          .put("host", route.host())
          .put("path", route.path().pattern())
          .put("calls", counted.calls())
          .put("strikes", counted.strikes());
    }
    return list;
  }

  private HttpResponse clearFaults() {
    lab.clearFaults();
    return HttpResponse.empty(204);
  }

  private HttpResponse setLatency(ObjectNode body) {
    lab.setLatency(
        LatencyProfile.find(text(body, "profile"))
            .orElseThrow(() -> new IllegalArgumentException("profile: there is no such one")));
    return HttpResponse.empty(204);
  }

  private ObjectNode clock() {
    return Json.object().put("now", lab.clock().now().toString()).put("rate", lab.clock().rate());
  }

  private HttpResponse setClock(ObjectNode body) {
    if (!body.has("rate") && !body.has("advanceSeconds")) {
      throw new IllegalArgumentException("rate or advanceSeconds: one of them is expected");
    }
    if (body.has("advanceSeconds")) {
      lab.clock().advance(Duration.ofSeconds(number(body, "advanceSeconds")));
    }
    if (body.has("rate")) {
      lab.clock().run(number(body, "rate"));
    }
    return HttpResponse.empty(204);
  }

  private HttpResponse register(ObjectNode body) {
    lab.register(
        new FederatedCredential(
            UUID.fromString(text(body, "clientId")),
            text(body, "issuer"),
            text(body, "subject"),
            text(body, "issuerCaPem")));
    return HttpResponse.empty(204);
  }

  private HttpResponse assign(ObjectNode body) {
    Set<String> keys = new HashSet<>();
    for (JsonNode key : body.path("keys")) {
      keys.add(key.asText());
    }
    lab.assign(text(body, "vault"), text(body, "principal"), keys);
    return HttpResponse.empty(204);
  }

  private HttpResponse extend(ObjectNode body) {
    lab.extendPcr(text(body, "machine"), number(body, "pcr"));
    return HttpResponse.empty(204);
  }

  private static int number(ObjectNode body, String member) {
    if (!body.path(member).isInt()) {
      throw new IllegalArgumentException(member + ": a number is expected");
    }
    return body.path(member).asInt();
  }

  private static String text(ObjectNode body, String member) {
    return Json.text(body, member)
        .orElseThrow(() -> new IllegalArgumentException(member + ": a text is expected"));
  }

  private ArrayNode decisions() {
    ArrayNode list = Json.array();
    for (Decision decision : lab.decisions()) {
      list.addObject()
          .put("at", decision.at().toString())
          .put("operation", decision.operation())
          .put("host", decision.host())
          .put("caller", decision.caller())
          .put("subject", decision.subject())
          .put("outcome", decision.outcome().name().toLowerCase(Locale.ROOT))
          .put("check", decision.check())
          .put("detail", decision.detail());
    }
    return list;
  }

  @Override
  public HttpResponse failure(int status, String sentence) {
    ObjectNode body = Json.object();
    body.putObject("error").put("code", "LabRequestRefused").put("message", sentence);
    return HttpResponse.json(status, body);
  }
}
