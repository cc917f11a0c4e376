package dev.keygate.emulator.maa;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.net.HttpResponse;
import java.util.Set;

/**
 * The refusals of Azure Attestation: {@code {error: {code, message}}} and {@code x-ms-error-code}.
 */
final class MaaRefusals {

  private static final Set<String> OTHER_EVIDENCE = Set.of("sgxenclave", "openenclave");

  private MaaRefusals() {}

  static HttpResponse of(int status, String code, String message) {
    ObjectNode body = Json.object();
    body.putObject("error").put("code", code).put("message", message);
    return HttpResponse.json(status, body).with("x-ms-error-code", code);
  }

  static HttpResponse methodNotAllowed() {
    return of(405, "MethodNotAllowed", "The method is not allowed for this resource.");
  }

  static HttpResponse apiVersion() {
    return of(400, "InvalidParameter", "The api-version is missing or not supported.");
  }

  static HttpResponse unauthorized(String sentence) {
    return of(401, "Unauthorized", sentence);
  }

  /** Evidence that Azure would appraise and the lab does not. */
  static HttpResponse notAppraised(String kind) {
    if (kind.equals("tpm")) {
      return unauthorized("The request has no valid access token.");
    }
    return OTHER_EVIDENCE.contains(kind)
        ? of(400, "InvalidOperation", "The lab's provider does not appraise this evidence.")
        : of(404, "NotFound", "The requested resource does not exist.");
  }

  /** The code of a failure that was found beside the service. */
  static String codeOf(int status) {
    return switch (status) {
      case 429 -> "TooManyRequests";
      case 503 -> "ServiceUnavailable";
      default -> status >= 500 ? "InternalServerError" : "InvalidParameter";
    };
  }
}
