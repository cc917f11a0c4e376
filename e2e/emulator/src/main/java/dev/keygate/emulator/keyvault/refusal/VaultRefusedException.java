package dev.keygate.emulator.keyvault.refusal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.net.HttpResponse;
import dev.keygate.endpoint.VaultKind;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * The vault refuses a request. The answer says what the vault says; what really failed is for the
 * decision log alone.
 */
public final class VaultRefusedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient Said said;
  private final transient Found found;
  private final transient OptionalInt retryAfter;

  /**
   * What the caller is told.
   *
   * @param innerCode empty where there is none
   * @param number of the AKV.SKR errors, which Key Vault alone names
   */
  record Said(int status, String code, String innerCode, OptionalInt number, String text) {}

  /** What the caller is not told. */
  private record Found(String check, String detail) {}

  VaultRefusedException(Said said) {
    this(said, OptionalInt.empty());
  }

  VaultRefusedException(Said said, OptionalInt retryAfter) {
    this(
        said,
        new Found(said.innerCode().isEmpty() ? said.code() : said.innerCode(), said.text()),
        retryAfter);
  }

  private VaultRefusedException(Said said, Found found, OptionalInt retryAfter) {
    super(said.text());
    this.said = said;
    this.found = found;
    this.retryAfter = retryAfter;
  }

  /** The same answer, with what failed for the decision log. */
  public VaultRefusedException because(String check, String detail) {
    return new VaultRefusedException(said, new Found(check, detail), retryAfter);
  }

  /** The HTTP status. */
  public int status() {
    return said.status();
  }

  /** The text of Key Vault's answer. */
  public String text() {
    return said.number().isPresent()
        ? "AKV.SKR." + said.number().getAsInt() + ": " + said.text()
        : said.text();
  }

  /** The check or condition that failed. */
  public String check() {
    return found.check();
  }

  /** What was found there, without secrets. */
  public String detail() {
    return found.detail();
  }

  /**
   * The answer. Managed HSM names no numbers, and the request.
   *
   * @param requestId what the answer's header says too
   */
  public HttpResponse toResponse(VaultKind kind, UUID requestId) {
    ObjectNode body = Json.object();
    ObjectNode error = body.putObject("error").put("code", said.code());
    String bare = kind == VaultKind.VAULT ? text() : said.text();
    error.put("message", message(kind, bare, requestId));
    if (!said.innerCode().isEmpty()) {
      error.putObject("innererror").put("code", said.innerCode());
    }
    HttpResponse response = HttpResponse.json(said.status(), body);
    return retryAfter.isPresent()
        ? response.with("Retry-After", Integer.toString(retryAfter.getAsInt()))
        : response;
  }

  /** A sentence as it is sent: Managed HSM names the request. */
  public static String message(VaultKind kind, String sentence, UUID requestId) {
    return switch (kind) {
      case VAULT -> sentence;
      case MANAGED_HSM -> sentence + " (Activity ID: " + requestId + ")";
    };
  }
}
