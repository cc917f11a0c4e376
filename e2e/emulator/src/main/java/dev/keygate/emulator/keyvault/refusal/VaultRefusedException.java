package dev.keygate.emulator.keyvault.refusal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.net.HttpResponse;

/** The vault refuses a request. */
public final class VaultRefusedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final String innerCode;
  private final String text;

  VaultRefusedException(int status, String code, String innerCode, String text) {
    super(text);
    this.status = status;
    this.code = code;
    this.innerCode = innerCode;
    this.text = text;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The text of the answer. */
  public String text() {
    return text;
  }

  /** The answer. */
  public HttpResponse toResponse() {
    ObjectNode body = Json.object();
    ObjectNode error = body.putObject("error").put("code", code).put("message", text);
    if (!innerCode.isEmpty()) {
      error.putObject("innererror").put("code", innerCode);
    }
    return HttpResponse.json(status, body);
  }
}
