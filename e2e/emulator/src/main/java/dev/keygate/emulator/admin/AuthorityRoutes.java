package dev.keygate.emulator.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.json.MalformedTextException;
import dev.keygate.emulator.net.HttpRequest;
import dev.keygate.emulator.net.HttpResponse;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The routes of attestation providers.
 *
 * <pre>
 *   POST /authorities/HOST/tokens   any claims; answers {token}, signed, about no evidence
 *   POST /authorities/HOST/keys     {step: announce|adopt|withdraw}
 *   POST /authorities/HOST/region   {region: own|paired}
 *   POST /authorities/HOST/policy   {policy: permit|deny}
 * </pre>
 */
final class AuthorityRoutes {

  private static final Pattern ROUTE =
      Pattern.compile("POST /authorities/([^/]+)/(tokens|keys|region|policy)");

  private final AuthorityControl authorities;

  AuthorityRoutes(AuthorityControl authorities) {
    this.authorities = authorities;
  }

  /** The answer, where the route is one of these. */
  Optional<HttpResponse> answer(HttpRequest request) throws MalformedTextException {
    Matcher route = ROUTE.matcher(request.method() + " " + request.path());
    if (!route.matches()) {
      return Optional.empty();
    }
    String host = route.group(1);
    ObjectNode body = Json.parseObject(request.body());
    switch (route.group(2)) {
      case "tokens" -> {
        String token = authorities.mint(host, body);
        return Optional.of(HttpResponse.json(200, Json.object().put("token", token)));
      }
      case "keys" ->
          authorities.rollOver(host, Choice.of(AuthorityControl.Rollover.class, body, "step"));
      case "region" ->
          authorities.answerFrom(host, Choice.of(AuthorityControl.Region.class, body, "region"));
      default ->
          authorities.authorize(host, Choice.of(AuthorityControl.Policy.class, body, "policy"));
    }
    return Optional.of(HttpResponse.empty(204));
  }
}
