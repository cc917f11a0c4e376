package dev.keygate.emulator.entra;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.net.HttpRequest;
import dev.keygate.emulator.net.HttpResponse;
import dev.keygate.emulator.net.HttpService;
import dev.keygate.time.TimeSource;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** {@code login.microsoftonline.com}: token endpoint, metadata, keys, instance discovery. */
public final class Entra implements HttpService, AutoCloseable {

  /** The host it answers at. */
  public static final String HOST = "login.microsoftonline.com";

  private static final String ASSERTION_TYPE =
      "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
  private static final Duration LIFETIME = Duration.ofSeconds(3599);
  private static final String DEFAULT = "/.default";

  private final List<Tenant> tenants;
  private final TimeSource time;

  /** The service of one tenant in the public cloud. */
  public Entra(Directory directory, AccessTokenIssuer tokens, TimeSource time) {
    this(List.of(new Tenant(Cloud.PUBLIC, directory, tokens, time)), time);
  }

  /** The service of several tenants, each at the hosts of its own cloud. */
  public Entra(List<Tenant> tenants, TimeSource time) {
    this.tenants = List.copyOf(tenants);
    this.time = time;
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    List<String> path = request.segments();
    try {
      if (path.size() == 4 && path.subList(1, 4).equals(List.of("oauth2", "v2.0", "token"))) {
        return token(path.getFirst(), request);
      }
      if (path.equals(List.of("common", "discovery", "instance"))) {
        return HttpResponse.json(
            200, EntraMetadata.instances(cloud(request), first(cloud(request))));
      }
      if (path.size() == 4
          && path.subList(1, 4).equals(List.of("v2.0", ".well-known", "openid-configuration"))) {
        return HttpResponse.json(200, EntraMetadata.of(tenant(path.getFirst(), request)));
      }
      if (path.size() == 4 && path.subList(1, 4).equals(List.of("discovery", "v2.0", "keys"))) {
        return HttpResponse.json(200, tenant(path.getFirst(), request).tokens().keySet());
      }
      return failure(404, "AADSTS900561: The endpoint does not exist in the lab.");
    } catch (EntraRefusedException e) {
      return refusal(e.code(), e.sentence());
    }
  }

  // Asked in this process, without a host, it is the public cloud.
  private static Cloud cloud(HttpRequest request) {
    String host = request.header("host").orElse(HOST);
    return Cloud.ofLoginHost(host.split(":", 2)[0]).orElse(Cloud.PUBLIC);
  }

  private HttpResponse token(String tenantId, HttpRequest request) throws EntraRefusedException {
    if (!request.method().equals("POST")) {
      return failure(405, "AADSTS900561: The endpoint only accepts POST requests.");
    }
    Tenant known = tenant(tenantId, request);
    Map<String, String> form = request.form();
    if (!require(form, "grant_type").equals("client_credentials")) {
      throw new EntraRefusedException(
          Aadsts.GRANT_UNSUPPORTED, "The app requested an unsupported grant type.");
    }
    ServicePrincipal principal = principal(known, require(form, "client_id"));
    requireAssertion(form);
    Audience audience = audience(known, require(form, "scope"));
    known.assertions().verify(principal, require(form, "client_assertion"));
    IssuedToken token = known.tokens().issue(principal, audience, LIFETIME);
    ObjectNode body = Json.object().put("token_type", "Bearer");
    body.put("expires_in", LIFETIME.toSeconds()).put("ext_expires_in", LIFETIME.toSeconds());
    return HttpResponse.json(200, body.put("access_token", token.text()))
        .with("Cache-Control", "no-store, no-cache");
  }

  private static ServicePrincipal principal(Tenant tenant, String clientId)
      throws EntraRefusedException {
    return tenant
        .directory()
        .find(clientId)
        .orElseThrow(
            () ->
                new EntraRefusedException(
                    Aadsts.APPLICATION_NOT_FOUND,
                    "Application with identifier '"
                        + clientId
                        + "' was not found in the directory '"
                        + tenant.id()
                        + "'."));
  }

  private static void requireAssertion(Map<String, String> form) throws EntraRefusedException {
    if (!ASSERTION_TYPE.equals(form.get("client_assertion_type"))
        || form.getOrDefault("client_assertion", "").isEmpty()) {
      throw new EntraRefusedException(
          Aadsts.CREDENTIAL_MISSING,
          "The request body must contain the following parameter: 'client_assertion' or"
              + " 'client_secret'.");
    }
  }

  // A client may add scopes of its own, such as openid; exactly one names a resource.
  private static Audience audience(Tenant tenant, String scope) throws EntraRefusedException {
    List<String> resources =
        Arrays.stream(scope.split(" ", -1)).filter(one -> one.endsWith(DEFAULT)).toList();
    if (resources.size() != 1) {
      throw new EntraRefusedException(
          Aadsts.SCOPE_INVALID,
          "The provided request must include a 'scope' input parameter. The provided value for the"
              + " input parameter 'scope' is not valid.");
    }
    String one = resources.getFirst();
    String resource = one.substring(0, one.length() - DEFAULT.length());
    return Audience.find(tenant.cloud(), resource)
        .orElseThrow(
            () ->
                new EntraRefusedException(
                    Aadsts.RESOURCE_NOT_FOUND,
                    "The resource principal named " + resource + " was not found in the tenant."));
  }

  // Clients ask for the clouds before they name a tenant.
  private Tenant first(Cloud cloud) {
    return tenants.stream()
        .filter(tenant -> tenant.cloud() == cloud)
        .findFirst()
        .orElse(tenants.getFirst());
  }

  private Tenant tenant(String id, HttpRequest request) throws EntraRefusedException {
    Cloud asked = cloud(request);
    return tenants.stream()
        .filter(tenant -> tenant.cloud() == asked)
        .filter(tenant -> tenant.id().toString().equalsIgnoreCase(id))
        .findFirst()
        .orElseThrow(() -> unknownTenant(id));
  }

  private static EntraRefusedException unknownTenant(String id) {
    return new EntraRefusedException(
        Aadsts.TENANT_NOT_FOUND,
        "Tenant '" + id + "' not found. Check to make sure you have the correct tenant ID.");
  }

  private static String require(Map<String, String> form, String name)
      throws EntraRefusedException {
    return Optional.ofNullable(form.get(name))
        .filter(value -> !value.isEmpty())
        .orElseThrow(
            () ->
                new EntraRefusedException(
                    Aadsts.MISSING_PARAMETER,
                    "The request body must contain the following parameter: '" + name + "'."));
  }

  private HttpResponse refusal(Aadsts code, String message) {
    String trace = UUID.randomUUID().toString();
    String correlation = UUID.randomUUID().toString();
    ObjectNode body = Json.object().put("error", code.error());
    body.put(
        "error_description",
        "AADSTS"
            + code.number()
            + ": "
            + message
            + " Trace ID: "
            + trace
            + " Correlation ID: "
            + correlation
            + " Timestamp: "
            + time.now());
    body.putArray("error_codes").add(code.number());
    body.put("timestamp", time.now().toString());
    body.put("trace_id", trace).put("correlation_id", correlation);
    body.put("error_uri", "https://" + HOST + "/error?code=" + code.number());
    return HttpResponse.json(code.status(), body);
  }

  @Override
  public HttpResponse failure(int status, String sentence) {
    String error = status >= 500 ? Aadsts.SERVICE_FAILED.error() : "invalid_request";
    return HttpResponse.json(
        status, Json.object().put("error", error).put("error_description", sentence));
  }

  @Override
  public void close() {
    tenants.forEach(Tenant::close);
  }
}
