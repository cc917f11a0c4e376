package dev.keygate.emulator.keyvault.release;

import dev.keygate.emulator.keyvault.refusal.VaultRefusals;
import dev.keygate.emulator.keyvault.refusal.VaultRefusedException;

/**
 * The attestation token does not open the key. What failed goes to the decision log; the caller
 * learns only which of the two texts applies.
 */
final class AssertionRefusedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String answer;
  private final String check;
  private final String detail;

  private AssertionRefusedException(String answer, String check, String detail) {
    super(check + ": " + detail);
    this.answer = answer;
    this.check = check;
    this.detail = detail;
  }

  static AssertionRefusedException notVerified(String check, String detail) {
    return new AssertionRefusedException(VaultRefusals.STATEMENT_NOT_VERIFIED, check, detail);
  }

  static AssertionRefusedException policyNotMet(String condition, String detail) {
    return new AssertionRefusedException(VaultRefusals.POLICY_NOT_MET, condition, detail);
  }

  /** What the vault answers, with what failed for the decision log. */
  VaultRefusedException toRefusal() {
    return VaultRefusals.forbidden("AccessDenied", answer).because(check, detail);
  }
}
