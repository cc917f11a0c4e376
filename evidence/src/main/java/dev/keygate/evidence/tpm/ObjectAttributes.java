package dev.keygate.evidence.tpm;

/**
 * TPMA_OBJECT (TPM 2.0 Library part 2, §8.3): what a key may be used for and who may use it.
 *
 * @param bits the attribute bits as on the wire
 */
public record ObjectAttributes(int bits) {

  private static final int FIXED_TPM = 1 << 1;
  private static final int FIXED_PARENT = 1 << 4;
  private static final int SENSITIVE_DATA_ORIGIN = 1 << 5;
  private static final int USER_WITH_AUTH = 1 << 6;
  private static final int ADMIN_WITH_POLICY = 1 << 7;
  private static final int NO_DICTIONARY_ATTACK_PROTECTION = 1 << 10;
  private static final int RESTRICTED = 1 << 16;
  private static final int DECRYPT = 1 << 17;
  private static final int SIGN = 1 << 18;

  /**
   * An attestation key as Azure's vTPM holds it: signs only what the TPM made ({@code 0x00050472}).
   */
  public static final ObjectAttributes ATTESTATION_KEY =
      new ObjectAttributes(
          FIXED_TPM
              | FIXED_PARENT
              | SENSITIVE_DATA_ORIGIN
              | USER_WITH_AUTH
              | NO_DICTIONARY_ATTACK_PROTECTION
              | RESTRICTED
              | SIGN);

  /**
   * A decryption key that only a policy session may use: no {@code userWithAuth} ({@code
   * 0x00020432}).
   */
  public static final ObjectAttributes POLICY_BOUND_DECRYPTION_KEY =
      new ObjectAttributes(
          FIXED_TPM
              | FIXED_PARENT
              | SENSITIVE_DATA_ORIGIN
              | NO_DICTIONARY_ATTACK_PROTECTION
              | DECRYPT);

  /** The private part never leaves this TPM. */
  public boolean isFixedToTpm() {
    return has(FIXED_TPM);
  }

  /** The private part never moves to another parent. */
  public boolean isFixedToParent() {
    return has(FIXED_PARENT);
  }

  /** The TPM itself made the private part. */
  public boolean isSensitiveDataMadeByTpm() {
    return has(SENSITIVE_DATA_ORIGIN);
  }

  /** The authorisation value suffices to use the key; otherwise only its policy does. */
  public boolean allowsUserWithAuth() {
    return has(USER_WITH_AUTH);
  }

  /** Only its policy authorises what an administrator does with the key, such as certifying it. */
  public boolean requiresPolicyOfAdmin() {
    return has(ADMIN_WITH_POLICY);
  }

  /** Works only on data of the TPM's own making. */
  public boolean isRestricted() {
    return has(RESTRICTED);
  }

  /** The key decrypts. */
  public boolean allowsDecrypt() {
    return has(DECRYPT);
  }

  /** The key signs. */
  public boolean allowsSign() {
    return has(SIGN);
  }

  private boolean has(int bit) {
    return (bits & bit) != 0;
  }
}
