package dev.keygate.emulator.maa;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.tpm.ObjectAttributes;
import dev.keygate.evidence.tpm.PcrValues;
import dev.keygate.evidence.tpm.PolicyDigest;
import dev.keygate.evidence.tpm.TpmPublic;
import dev.keygate.evidence.tpm.attest.CertifyAttest;
import dev.keygate.evidence.tpm.attest.SignedAttest;
import dev.keygate.evidence.tpm.attest.TpmsAttest;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;

/**
 * That the key a token is sealed to was made in this TPM, never leaves it, and can be used only
 * while the quoted PCRs have their quoted values.
 */
final class EphemeralKeyCheck {

  private EphemeralKeyCheck() {}

  static RSAPublicKey verify(GuestEvidence evidence, PcrValues pcrs)
      throws AppraisalRefusedException {
    TpmPublic key = evidence.ephemeralKey();
    try {
      RSAPublicKey attestationKey = evidence.cvm().attestationKey().rsaPublicKey();
      SignedAttest certification = evidence.ephemeralKeyCertification();
      require(isSigned(attestationKey, certification), "the attestation key's signature");
      boolean isNamed =
          TpmsAttest.parse(certification.attest()) instanceof CertifyAttest statement
              && statement.name().equals(key.name());
      require(isNamed, "a certification of EncKeyPub");
      requireAttributes(key.attributes());
      Bytes policy = PolicyDigest.ofPcrs(pcrs);
      require(key.authPolicy().equals(policy), "PolicyPCR over the quoted PCRs as its policy");
      return key.rsaPublicKey();
    } catch (EvidenceFormatException e) {
      throw new AppraisalRefusedException("EPHEMERAL_KEY", String.valueOf(e.getMessage()));
    }
  }

  private static void requireAttributes(ObjectAttributes attributes)
      throws AppraisalRefusedException {
    require(attributes.isFixedToTpm() && attributes.isFixedToParent(), "a key fixed to its TPM");
    require(attributes.isSensitiveDataMadeByTpm(), "a key that the TPM made");
    require(attributes.allowsDecrypt() && !attributes.allowsSign(), "a key that only decrypts");
    require(!attributes.allowsUserWithAuth(), "a key that only its policy opens");
  }

  private static boolean isSigned(RSAPublicKey key, SignedAttest statement) {
    try {
      Signature verifier = Signature.getInstance("SHA256withRSA");
      verifier.initVerify(key);
      verifier.update(statement.attest().toArray());
      return verifier.verify(statement.signature().value().toArray());
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static void require(boolean holds, String expected) throws AppraisalRefusedException {
    if (!holds) {
      throw new AppraisalRefusedException("EPHEMERAL_KEY", "expected " + expected);
    }
  }
}
