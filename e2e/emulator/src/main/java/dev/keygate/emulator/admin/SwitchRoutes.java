package dev.keygate.emulator.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.json.MalformedTextException;
import dev.keygate.emulator.net.HttpRequest;
import dev.keygate.emulator.net.HttpResponse;
import java.util.Map;
import java.util.Optional;

/**
 * The routes of switches.
 *
 * <pre>
 *   GET  /switches   {name: position}
 *   POST /switches   {name: position}, of some or all
 * </pre>
 */
final class SwitchRoutes {

  private final SwitchControl switches;

  SwitchRoutes(SwitchControl switches) {
    this.switches = switches;
  }

  /** The answer, where the route is one of these. */
  Optional<HttpResponse> answer(HttpRequest request) throws MalformedTextException {
    return switch (request.method() + " " + request.path()) {
      case "GET /switches" -> {
        ObjectNode body = Json.object();
        switches.positions().forEach(body::put);
        yield Optional.of(HttpResponse.json(200, body));
      }
      case "POST /switches" -> {
        ObjectNode body = Json.parseObject(request.body());
        for (Map.Entry<String, JsonNode> one : body.properties()) {
          switches.set(one.getKey(), one.getValue().asText());
        }
        yield Optional.of(HttpResponse.empty(204));
      }
      default -> Optional.empty();
    };
  }
}
