package dev.keygate.azure.keyvault;

import dev.keygate.azure.http.Answer;
import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.failure.UnavailableException;
import java.time.Instant;
import java.util.List;

/**
 * What an error of Key Vault or Managed HSM means and what to do about it: one table, read from top
 * to bottom, the first row that fits. Managed HSM sends the sentences without the {@code AKV.SKR}
 * numbers, so rows know both. Nothing of the vault's text gets into a message but its codes.
 */
public final class VaultErrors {

  private record Row(Symptom symptom, Reason reason, String remedy) {}

  private static final List<Row> TABLE =
      List.of(
          row(
              Symptom.status(401),
              Reason.VaultUnauthenticated,
              "it does not accept the access token: check tenant, audience and clock"),
          row(
              Symptom.status(429),
              Reason.VaultThrottled,
              "it has had too many requests: creates and releases share 10 in 10 s"),
          row(
              Symptom.status(403).saying("attestation statement cannot be verified"),
              Reason.StatementNotVerified,
              "it could not verify the attestation token, which often passes: it is tried again"),
          row(
              Symptom.status(403).saying("does not meet key release policy"),
              Reason.ReleaseDenied,
              "the attestation token does not satisfy the key's release policy"),
          row(
              Symptom.status(403).saying("does not satisfy the key release policy"),
              Reason.ReleaseDenied,
              "the attestation token does not satisfy the key's release policy"),
          row(Symptom.status(403).coded("KeyDisabled"), Reason.KeyDisabled, "enable the key"),
          row(
              Symptom.status(403).saying("on a disabled key"),
              Reason.KeyDisabled,
              "enable the key"),
          row(
              Symptom.status(403).coded("ForbiddenByFirewall"),
              Reason.NetworkNotAllowed,
              "its firewall does not admit this address: add the address or a private endpoint"),
          row(
              Symptom.status(403).coded("ForbiddenByConnection"),
              Reason.NetworkNotAllowed,
              "its public access is disabled: use its private endpoint"),
          row(
              Symptom.status(403).coded("KeyNotYetValidOrExpired"),
              Reason.VaultRefused,
              "the key is outside its notBefore and expires"),
          row(
              Symptom.status(403).saying("on standard vault"),
              Reason.VaultRefused,
              "HSM keys need the Premium tier: use a Premium vault or a Managed HSM"),
          row(
              Symptom.status(403),
              Reason.NotAuthorized,
              "the identity lacks the permission for this operation: assign the role, then wait"
                  + " some minutes for it to take effect"),
          // Whoever takes a proxy's word for it makes a new version of a key that is there.
          row(
              Symptom.bare(404),
              Reason.VaultUnavailable,
              "which is no answer of a vault's; it is tried again: look for a proxy in between"),
          row(
              Symptom.status(404),
              Reason.KeyNotFound,
              "there is no such key; a deleted one may be recovered"),
          row(
              Symptom.status(409).saying("deleted but recoverable"),
              Reason.KeySoftDeleted,
              "recover or purge the deleted key, or take another name"),
          row(
              Symptom.status(409).coded("ObjectIsDeletedButRecoverable"),
              Reason.KeySoftDeleted,
              "recover or purge the deleted key, or take another name"),
          row(
              Symptom.status(409),
              Reason.VaultUnavailable,
              "another operation on this key is under way: it is tried again"),
          row(
              Symptom.skr("1001").orSaying("only with premium vaults"),
              Reason.VaultRefused,
              "exportable keys need the Premium tier: use a Premium vault or a Managed HSM"),
          row(
              Symptom.skr("1003"),
              Reason.KeyNotExportable,
              "whether a key is exportable is fixed when its name is first used: take another"
                  + " name"),
          row(
              Symptom.skr("1014").orSaying("modify the exportable"),
              Reason.KeyNotExportable,
              "whether a key is exportable is fixed when its name is first used: take another"
                  + " name"),
          row(
              Symptom.skr("1004").orSaying("must have release policy"),
              Reason.VaultRefused,
              "an exportable key must have a release policy"),
          row(
              Symptom.skr("1005").orSaying("must not have release policy"),
              Reason.KeyNotExportable,
              "a key that is not exportable cannot have a release policy: take another name"),
          row(
              Symptom.skr("1006"),
              Reason.VaultRefused,
              "only HSM key types are exportable: use RSA-HSM, EC-HSM or oct-HSM"),
          row(
              Symptom.skr("1016").orSaying("only be set on versionless key"),
              Reason.VaultRefused,
              "a release policy belongs to the key, not to a version of it"),
          row(
              Symptom.skr("1020").orSaying("immutable key release policy"),
              Reason.PolicyImmutable,
              "the key's release policy was made immutable: take another name"));

  private VaultErrors() {}

  private static Row row(Symptom symptom, Reason reason, String remedy) {
    return new Row(symptom, reason, remedy);
  }

  /**
   * The failure that an answer stands for.
   *
   * @param answer any answer but a success
   * @param now to turn a {@code Retry-After} date into a pause
   */
  public static FailureException translate(Answer answer, Instant now) {
    VaultError error = VaultError.of(answer);
    Row row =
        TABLE.stream()
            .filter(candidate -> candidate.symptom().fits(error))
            .findFirst()
            .orElseGet(() -> remaining(answer.status()));
    String message = "the vault at " + answer.describe() + error.skrSuffix() + "; " + row.remedy();
    return switch (row.reason().kind()) {
      case REFUSED -> new RefusedException(row.reason(), message);
      case UNAVAILABLE ->
          new UnavailableException(
              row.reason(), message, answer.retryAfter(now).orElse(null), null);
    };
  }

  private static Row remaining(int status) {
    boolean isPassing = status == 408 || status >= 500;
    return isPassing
        ? row(Symptom.status(status), Reason.VaultUnavailable, "it is tried again")
        : row(
            Symptom.status(status),
            Reason.VaultRefused,
            "it refuses the request: look up the code and the request id in its log");
  }
}
