package dev.keygate.emulator.keyvault.refusal;

import dev.keygate.emulator.keyvault.refusal.VaultRefusedException.Said;
import java.util.OptionalInt;

/** The vault's refusals other than {@link SkrError}. */
public final class VaultRefusals {

  /** The attestation token cannot be verified; the vault does not say why. */
  public static final String STATEMENT_NOT_VERIFIED =
      "Target environment attestation statement cannot be verified.";

  /** The attestation token is genuine and its claims do not satisfy the policy. */
  public static final String POLICY_NOT_MET =
      "Target environment attestation does not meet key release policy requirements";

  private VaultRefusals() {}

  /** 400. */
  public static VaultRefusedException badParameter(String message) {
    return refused(400, "BadParameter", "", message);
  }

  /** 401, which is sent together with a challenge. */
  public static VaultRefusedException unauthorized(String message) {
    return refused(401, "Unauthorized", "", message);
  }

  /** 403 with an inner code. */
  public static VaultRefusedException forbidden(String innerCode, String message) {
    return refused(403, "Forbidden", innerCode, message);
  }

  /** 403 because the key is disabled. */
  public static VaultRefusedException keyDisabled(String operation) {
    return forbidden(
        "KeyDisabled", "Operation " + operation + " is not allowed on a disabled key.");
  }

  /** 404 for a key, a version or a deleted key. */
  public static VaultRefusedException keyNotFound(String nameAndVersion) {
    return refused(
        404,
        "KeyNotFound",
        "",
        "A key with (name/id) "
            + nameAndVersion
            + " was not found in this key vault. If you recently deleted this key you may be able"
            + " to recover it using the correct recovery command. For help resolving this issue,"
            + " please see https://go.microsoft.com/fwlink/?linkid=2125182");
  }

  /** 404 for something that is not a route. */
  public static VaultRefusedException noSuchRoute() {
    return refused(404, "NotFound", "", "The requested resource does not exist.");
  }

  /** 405. */
  public static VaultRefusedException methodNotAllowed() {
    return refused(405, "MethodNotAllowed", "", "Method not allowed on this resource.");
  }

  /** 409 because the name belongs to a deleted key. */
  public static VaultRefusedException deletedButRecoverable(String name) {
    return refused(
        409,
        "Conflict",
        "ObjectIsDeletedButRecoverable",
        "Key "
            + name
            + " is currently in a deleted but recoverable state, and its name cannot be reused; in"
            + " this state, the key can only be recovered or purged.");
  }

  /** 409 because the name belongs to a key. */
  public static VaultRefusedException nameIsTaken(String name) {
    return refused(409, "Conflict", "", "A key named " + name + " already exists.");
  }

  /** 403 because the key's operations do not include this one. */
  public static VaultRefusedException operationNotPermitted(String operation) {
    return forbidden(
        "KeyOperationForbidden", "Operation " + operation + " is not permitted on this key.");
  }

  /** 403 because of the key's validity period. */
  public static VaultRefusedException outsideValidity(String operation) {
    return forbidden(
        "KeyNotYetValidOrExpired",
        "Operation " + operation + " is not allowed on an expired or not yet valid key.");
  }

  /** 403 of a Managed HSM's local roles. */
  public static VaultRefusedException accessDenied(String message) {
    return refused(403, "AccessDenied", "", message);
  }

  /** 429, which says when to come again where that is known: in seconds. */
  public static VaultRefusedException throttled(OptionalInt retryAfter) {
    String message =
        "Request was not processed because too many requests were received. Reason:"
            + " VaultRequestTypeLimitReached";
    return new VaultRefusedException(
        new Said(429, "Throttled", "", OptionalInt.empty(), message), retryAfter);
  }

  private static VaultRefusedException refused(
      int status, String code, String innerCode, String message) {
    return new VaultRefusedException(
        new Said(status, code, innerCode, OptionalInt.empty(), message));
  }
}
