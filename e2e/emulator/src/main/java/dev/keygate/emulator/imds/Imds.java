package dev.keygate.emulator.imds;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.entra.AccessTokenIssuer;
import dev.keygate.emulator.entra.Audience;
import dev.keygate.emulator.entra.Cloud;
import dev.keygate.emulator.entra.IssuedToken;
import dev.keygate.emulator.entra.ServicePrincipal;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.net.HttpRequest;
import dev.keygate.emulator.net.HttpResponse;
import dev.keygate.emulator.net.HttpService;
import dev.keygate.emulator.thim.AmdCollateral;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What one machine sees at 169.254.169.254. */
public final class Imds implements HttpService {

  private static final Duration LIFETIME = Duration.ofSeconds(86_399);
  private static final Set<String> TOKEN_VERSIONS = Set.of("2018-02-01", "2019-08-01");
  private static final List<String> SELECTORS =
      List.of("client_id", "object_id", "mi_res_id", "msi_res_id");

  private static final String THIM = "/metadata/thim/";

  private final Instance instance;
  private final MachineIdentities identities;
  private final AccessTokenIssuer tokens;
  private final HostAgent host;

  /**
   * Facts about the machine.
   *
   * @param vmId the machine's id
   * @param location an Azure region, such as {@code westeurope}
   */
  public record Instance(UUID vmId, String location) {}

  /** What the host of the machine answers for itself, as its microcode may change. */
  public interface HostAgent {

    /** What endorses its SEV-SNP processor. */
    AmdCollateral amdCollateral();

    /**
     * What is known of its SGX and TDX platform.
     *
     * @param path below {@code /metadata/THIM/}, in lower case
     */
    Optional<HttpResponse> intel(String path, HttpRequest request);
  }

  /** The service of one machine. */
  public Imds(
      Instance instance, MachineIdentities identities, AccessTokenIssuer tokens, HostAgent host) {
    this.instance = instance;
    this.identities = identities;
    this.tokens = tokens;
    this.host = host;
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    if (request.header("x-forwarded-for").isPresent()) {
      return refusal(403, "forbidden", "Requests through a proxy are refused.");
    }
    if (!"true".equalsIgnoreCase(request.header("metadata").orElse(""))) {
      return refusal(400, "bad_request_102", "Required metadata header not specified");
    }
    String path = request.path().toLowerCase(Locale.ROOT);
    return switch (path) {
      case "/metadata/identity/oauth2/token" -> get(request, this::token);
      case "/metadata/thim/amd/certification" ->
          get(request, any -> HttpResponse.json(200, host.amdCollateral().toJson()));
      case "/metadata/instance/compute/location" ->
          get(request, any -> fact(any, instance.location()));
      case "/metadata/instance/compute/vmid" ->
          get(request, any -> fact(any, instance.vmId().toString()));
      default ->
          path.startsWith(THIM)
              ? intel(path.substring(THIM.length()), request)
              : failure(404, "Not found");
    };
  }

  private HttpResponse intel(String path, HttpRequest request) {
    HttpResponse answer = host.intel(path, request).orElseGet(() -> failure(404, "Not found"));
    return answer.status() < 400
        ? answer
        : failure(answer.status(), "The host has no such collateral");
  }

  private interface Route {
    HttpResponse answer(HttpRequest request);
  }

  private HttpResponse get(HttpRequest request, Route route) {
    return request.method().equals("GET")
        ? route.answer(request)
        : failure(405, "Method not allowed");
  }

  private HttpResponse token(HttpRequest request) {
    if (!TOKEN_VERSIONS.contains(request.parameter("api-version").orElse(""))) {
      return refusal(400, "invalid_request", "The api-version is invalid or was not specified");
    }
    Optional<String> resource = request.parameter("resource").filter(text -> !text.isEmpty());
    if (resource.isEmpty()) {
      return refusal(400, "invalid_request", "Required parameter resource not specified");
    }
    if (SELECTORS.stream().filter(name -> request.parameter(name).isPresent()).count() > 1) {
      return refusal(400, "invalid_request", "At most one identity selector may be specified");
    }
    Optional<Audience> audience =
        Audience.find(Cloud.ofLocation(instance.location()), resource.get());
    if (audience.isEmpty()) {
      return refusal(
          400,
          "invalid_resource",
          "AADSTS500011: The resource principal named "
              + resource.get()
              + " was not found in the tenant.");
    }
    return select(request)
        .map(principal -> issue(principal, audience.get(), resource.get()))
        .orElseGet(() -> notFound(request));
  }

  private HttpResponse notFound(HttpRequest request) {
    boolean unnamed = SELECTORS.stream().allMatch(name -> request.parameter(name).isEmpty());
    return refusal(
        400,
        "invalid_request",
        unnamed && identities.isAmbiguous()
            ? "Multiple user assigned identities exist, please specify the clientId / resourceId of"
                + " the identity in the token request"
            : "Identity not found");
  }

  private Optional<ServicePrincipal> select(HttpRequest request) {
    Optional<String> clientId = request.parameter("client_id");
    if (clientId.isPresent()) {
      return identities.byClientId(clientId.get());
    }
    Optional<String> objectId = request.parameter("object_id");
    if (objectId.isPresent()) {
      return identities.byObjectId(objectId.get());
    }
    Optional<String> resourceId =
        request.parameter("mi_res_id").or(() -> request.parameter("msi_res_id"));
    return resourceId.isPresent()
        ? identities.byResourceId(resourceId.get())
        : identities.byDefault();
  }

  private HttpResponse issue(ServicePrincipal principal, Audience audience, String resource) {
    IssuedToken token = tokens.issue(principal, audience, LIFETIME);
    ObjectNode body = Json.object().put("access_token", token.text());
    body.put("client_id", principal.clientId().toString());
    body.put("expires_in", Long.toString(LIFETIME.toSeconds()));
    body.put("expires_on", Long.toString(token.expiresAt().getEpochSecond()));
    body.put("ext_expires_in", Long.toString(LIFETIME.toSeconds()));
    body.put("not_before", Long.toString(token.issuedAt().getEpochSecond()));
    body.put("resource", resource).put("token_type", "Bearer");
    return HttpResponse.json(200, body);
  }

  private static HttpResponse fact(HttpRequest request, String value) {
    if (request.parameter("api-version").isEmpty()) {
      ObjectNode body = Json.object();
      body.put("error", "Bad request. api-version is invalid or was not specified in the request.");
      body.putArray("newest-versions").add("2023-07-01").add("2021-12-13").add("2021-11-15");
      return HttpResponse.json(400, body);
    }
    return "text".equals(request.parameter("format").orElse("json"))
        ? HttpResponse.text(200, value)
        : HttpResponse.text(200, "\"" + value + "\"").with("Content-Type", "application/json");
  }

  private static HttpResponse refusal(int status, String error, String description) {
    return HttpResponse.json(
        status, Json.object().put("error", error).put("error_description", description));
  }

  @Override
  public HttpResponse failure(int status, String sentence) {
    return refusal(status, errorOf(status), sentence);
  }

  private static String errorOf(int status) {
    return switch (status) {
      case 404 -> "not_found";
      case 405 -> "method_not_allowed";
      case 410 -> "updating";
      case 429 -> "throttled";
      default -> status >= 500 ? "unknown" : "invalid_request";
    };
  }
}
