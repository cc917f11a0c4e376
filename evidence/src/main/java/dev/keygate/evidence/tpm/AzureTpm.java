package dev.keygate.evidence.tpm;

import dev.keygate.evidence.bytes.Bytes;

/** What the vTPM of an Azure confidential VM keeps where, and the templates its clients use. */
public final class AzureTpm {

  /** NV index of the HCL report; absent where the VM is not a confidential one. */
  public static final TpmHandle HCL_REPORT = new TpmHandle(0x01400001);

  /** NV index of the 64 bytes that the next HCL report carries as user data. */
  public static final TpmHandle USER_DATA = new TpmHandle(0x01400002);

  /** NV index of the attestation key's certificate, DER, padded with zeros. */
  public static final TpmHandle AK_CERTIFICATE = new TpmHandle(0x01C101D0);

  /** The attestation key, a persistent object of the endorsement hierarchy. */
  public static final TpmHandle ATTESTATION_KEY = new TpmHandle(0x81000003);

  private AzureTpm() {}

  /**
   * The template of the attestation key: restricted RSA-2048 signing key, RSASSA with SHA-256.
   *
   * @param unique 256 bytes that the derivation of the key depends on
   */
  public static TpmPublic attestationKeyTemplate(Bytes unique) {
    RsaParameters parameters = new RsaParameters(RsaScheme.RSASSA_SHA256, 2048, 0);
    return new TpmPublic(ObjectAttributes.ATTESTATION_KEY, Bytes.EMPTY, parameters, unique);
  }

  /**
   * The template of an ephemeral RSA-2048 decryption key that only a policy session may use.
   *
   * @param policyDigest 32 bytes
   * @param unique at most 256 bytes. The key is a function of the hierarchy's seed and of this
   *     template: whoever knows the whole template and reaches the same TPM can make the same key
   */
  public static TpmPublic ephemeralKeyTemplate(Bytes policyDigest, Bytes unique) {
    return new TpmPublic(
        ObjectAttributes.POLICY_BOUND_DECRYPTION_KEY, policyDigest, RsaParameters.RSA_2048, unique);
  }
}
