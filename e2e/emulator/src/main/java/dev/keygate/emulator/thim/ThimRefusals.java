package dev.keygate.emulator.thim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.net.HttpResponse;

/** The refusals of THIM's caches. */
final class ThimRefusals {

  private ThimRefusals() {}

  static HttpResponse of(int status, String sentence) {
    ObjectNode body = Json.object();
    body.putObject("error").put("code", code(status)).put("message", sentence);
    return HttpResponse.json(status, body);
  }

  static HttpResponse notFound() {
    return of(404, "No certificate or collateral was found.");
  }

  private static String code(int status) {
    return switch (status) {
      case 404 -> "NotFound";
      case 405 -> "MethodNotAllowed";
      case 429 -> "TooManyRequests";
      case 503 -> "ServiceUnavailable";
      default -> status >= 500 ? "InternalServerError" : "BadRequest";
    };
  }
}
