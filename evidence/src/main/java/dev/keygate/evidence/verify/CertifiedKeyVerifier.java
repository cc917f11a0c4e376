package dev.keygate.evidence.verify;

import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.tpm.ObjectAttributes;
import dev.keygate.evidence.tpm.PcrValues;
import dev.keygate.evidence.tpm.PolicyDigest;
import dev.keygate.evidence.tpm.TpmPublic;
import dev.keygate.evidence.tpm.attest.CertifyAttest;
import dev.keygate.evidence.tpm.attest.SignedAttest;
import dev.keygate.evidence.tpm.attest.TpmsAttest;
import java.security.interfaces.RSAPublicKey;

/**
 * Believes that a decryption key lives in the TPM of an attestation key, can be used in no other
 * TPM and under its policy alone, and that the policy demands given PCR values. The attestation key
 * and the PCR values must have been verified before. Safe for use by several threads.
 */
public final class CertifiedKeyVerifier {

  private CertifiedKeyVerifier() {}

  /**
   * Verifies a certification.
   *
   * @param key the public area of the certified key
   * @param certification the TPM's statement about it, as signed
   * @param attestationKey a verified attestation key
   * @param pcrs the verified PCR values that the key's policy must demand, all of them
   */
  public static VerifiedCertifiedKey verify(
      TpmPublic key, SignedAttest certification, TpmPublic attestationKey, PcrValues pcrs)
      throws EvidenceVerificationException {
    CertifyAttest statement = requireSignature(certification, attestationKey);
    CheckList checks = new CheckList();
    checks.requireEqual(Check.CERTIFIED_NAME, key.name(), statement.name());
    requireAttributes(key.attributes());
    checks.requireEqual(Check.CERTIFIED_KEY_POLICY, PolicyDigest.ofPcrs(pcrs), key.authPolicy());
    return new VerifiedCertifiedKey(key, publicKeyOf(key));
  }

  private static CertifyAttest requireSignature(SignedAttest certification, TpmPublic signer)
      throws EvidenceVerificationException {
    try {
      if (!AttestSignature.isValid(signer.rsaPublicKey(), certification)) {
        throw unsigned("one that does not verify");
      }
      if (TpmsAttest.parse(certification.attest()) instanceof CertifyAttest statement) {
        return statement;
      }
      throw unsigned("a statement that is no certification");
    } catch (EvidenceFormatException malformed) {
      throw unsigned(malformed.field() + " " + malformed.found());
    }
  }

  /** A key with userWithAuth or of foreign origin could be used by whoever holds its password. */
  private static void requireAttributes(ObjectAttributes attributes)
      throws EvidenceVerificationException {
    boolean bound =
        attributes.isFixedToTpm()
            && attributes.isFixedToParent()
            && attributes.isSensitiveDataMadeByTpm();
    boolean decryptsByPolicyAlone =
        attributes.allowsDecrypt()
            && !attributes.allowsSign()
            && !attributes.isRestricted()
            && !attributes.allowsUserWithAuth();
    if (!bound || !decryptsByPolicyAlone) {
      throw CheckList.failed(
          Check.CERTIFIED_KEY_ATTRIBUTES,
          "a decryption key made and kept by the TPM and used by policy alone",
          "attributes 0x" + Integer.toHexString(attributes.bits()));
    }
  }

  private static RSAPublicKey publicKeyOf(TpmPublic key) throws EvidenceVerificationException {
    try {
      return key.rsaPublicKey();
    } catch (EvidenceFormatException malformed) {
      throw CheckList.failed(Check.CERTIFIED_NAME, malformed.expected(), malformed.found());
    }
  }

  private static EvidenceVerificationException unsigned(String found) {
    return CheckList.failed(
        Check.CERTIFICATION_SIGNATURE, "a certification signed by the attestation key", found);
  }
}
