package dev.keygate.emulator.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.json.Base64Text;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.json.MalformedTextException;
import dev.keygate.emulator.net.HttpRequest;

/**
 * Puts another nonce where a client has put its own: the member {@code nonce} of the body, or of
 * the client payload inside {@code AttestationInfo}. A request without one stays as it is.
 */
final class OtherNonce {

  private static final String TEXT = "another-nonce-than-that-of-the-request-0000";

  private OtherNonce() {}

  static HttpRequest in(HttpRequest request) {
    try {
      ObjectNode body = Json.parseObject(request.body());
      if (body.has("nonce")) {
        body.put("nonce", TEXT);
      } else if (body.has("AttestationInfo")) {
        body.put("AttestationInfo", inInfo(body.path("AttestationInfo").asText()));
      }
      return new HttpRequest(
          request.method(), request.path(), request.query(), request.headers(), body.toString());
    } catch (MalformedTextException e) {
      return request;
    }
  }

  private static String inInfo(String encoded) throws MalformedTextException {
    ObjectNode info = Json.parseObject(new String(Base64Text.decode(encoded), UTF_8));
    if (info.path("ClientPayload") instanceof ObjectNode payload && payload.has("nonce")) {
      payload.put("nonce", Base64Text.standard(TEXT.getBytes(UTF_8)));
    }
    return Base64Text.url(info.toString().getBytes(UTF_8));
  }
}
