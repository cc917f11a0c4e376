package dev.keygate.emulator.keyvault.refusal;

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
    return new VaultRefusedException(400, "BadParameter", "", message);
  }

  /** 401, which is sent together with a challenge. */
  public static VaultRefusedException unauthorized(String message) {
    return new VaultRefusedException(401, "Unauthorized", "", message);
  }

  /** 403 with an inner code. */
  public static VaultRefusedException forbidden(String innerCode, String message) {
    return new VaultRefusedException(403, "Forbidden", innerCode, message);
  }

  /** 403 because the key is disabled. */
  public static VaultRefusedException keyDisabled(String operation) {
    return forbidden(
        "KeyDisabled", "Operation " + operation + " is not allowed on a disabled key.");
  }

  /** 404 for a key, a version or a deleted key. */
  public static VaultRefusedException keyNotFound(String nameAndVersion) {
    return new VaultRefusedException(
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
    return new VaultRefusedException(404, "NotFound", "", "The requested resource does not exist.");
  }

  /** 405. */
  public static VaultRefusedException methodNotAllowed() {
    return new VaultRefusedException(
        405, "MethodNotAllowed", "", "Method not allowed on this resource.");
  }

  /** 409 because the name belongs to a deleted key. */
  public static VaultRefusedException deletedButRecoverable(String name) {
    return new VaultRefusedException(
        409,
        "Conflict",
        "ObjectIsDeletedButRecoverable",
        "Key "
            + name
            + " is currently in a deleted but recoverable state, and its name cannot be reused; in"
            + " this state, the key can only be recovered or purged.");
  }
}
