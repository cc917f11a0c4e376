package dev.keygate.sidecar.localapi;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What can be called. The API's description lists the same, which a test holds it to. */
enum ApiRoute {
  /** Which keys the caller has, and how they stand. */
  KEYS("GET", "/v1/keys"),
  /** A key. */
  MATERIAL("POST", "/v1/keys/{name}/material"),
  /** What becomes of a key, as it happens. */
  EVENTS("GET", "/v1/keys/{name}/events"),
  /** What was last attested, and what the release policies say to it. */
  ATTESTATION("GET", "/v1/attestation"),
  /** A token for the caller's own relying parties. */
  ATTEST("POST", "/v1/attest"),
  /** The endorsement of this machine's AMD processor. */
  AMD_COLLATERAL("GET", "/v1/collateral/amd"),
  /** The description of this API. */
  DESCRIPTION("GET", "/v1/openapi.json");

  private final String method;
  private final String path;
  private final Pattern pattern;

  ApiRoute(String method, String path) {
    this.method = method;
    this.path = path;
    this.pattern =
        Pattern.compile(path.replace(".", "\\.").replace("{name}", "(?<name>[a-z0-9.-]{1,253})"));
  }

  String method() {
    return method;
  }

  /** With its parameter in braces. */
  String path() {
    return path;
  }

  /** A route and what its path names. */
  record Found(ApiRoute route, Optional<String> name) {}

  /**
   * The route of a call.
   *
   * @param target without a query: there is none in this API
   * @throws ApiRefusal {@code PathUnknown} or {@code MethodRefused}
   */
  static Found find(String method, String target) throws ApiRefusal {
    List<ApiRoute> routes =
        Arrays.stream(values()).filter(route -> route.pattern.matcher(target).matches()).toList();
    if (routes.isEmpty()) {
      throw new ApiRefusal(ApiCode.PathUnknown, "GET /v1/openapi.json lists the paths.");
    }
    for (ApiRoute route : routes) {
      if (route.method.equals(method)) {
        return new Found(route, route.name(target));
      }
    }
    String allowed = routes.stream().map(ApiRoute::method).collect(Collectors.joining(", "));
    throw new ApiRefusal(Problems.methodRefused(allowed));
  }

  private Optional<String> name(String target) {
    Matcher matcher = pattern.matcher(target);
    return path.contains("{name}") && matcher.matches()
        ? Optional.of(matcher.group("name"))
        : Optional.empty();
  }
}
