package dev.keygate.evidence.testing;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.tpm.AzureTpm;
import dev.keygate.evidence.tpm.PcrValues;
import dev.keygate.evidence.tpm.TpmPublic;
import dev.keygate.evidence.tpm.attest.AttestHeader;
import dev.keygate.evidence.tpm.attest.QuoteAttest;
import dev.keygate.evidence.tpm.attest.RsassaSignature;
import dev.keygate.evidence.tpm.attest.SignedAttest;
import dev.keygate.evidence.tpm.attest.TpmClock;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;

/** The attestation key of a TPM in software: it signs quotes, with any single defect. */
public final class SoftwareAttestationKey {

  private static final int KEY_SIZE_BITS = 2048;

  private final KeyPair key;
  private final KeyPair other;

  private SoftwareAttestationKey(KeyPair key, KeyPair other) {
    this.key = key;
    this.other = other;
  }

  /** A new key. */
  public static SoftwareAttestationKey create(SecureRandom random) {
    return new SoftwareAttestationKey(
        SoftwareKeys.rsa(KEY_SIZE_BITS, random), SoftwareKeys.rsa(KEY_SIZE_BITS, random));
  }

  /** The public key, as runtime claims name it. */
  public RSAPublicKey publicKey() {
    return (RSAPublicKey) key.getPublic();
  }

  /** The public area, as the TPM has it. */
  public TpmPublic publicArea() {
    byte[] modulus = publicKey().getModulus().toByteArray();
    int bytes = KEY_SIZE_BITS / 8;
    return AzureTpm.attestationKeyTemplate(Bytes.copyOf(modulus, modulus.length - bytes, bytes));
  }

  /** A quote of these values, all of them. */
  public SignedAttest quote(Bytes nonce, PcrValues pcrs) {
    return quote(nonce, pcrs, TpmStatementDefect.NONE);
  }

  /** The same with a defect. */
  public SignedAttest quote(Bytes nonce, PcrValues pcrs, TpmStatementDefect defect) {
    TpmClock clock = new TpmClock(1, 2, 3, TpmClock.Safety.SAFE);
    AttestHeader header = new AttestHeader(Bytes.zeros(34), nonce, clock, 4);
    Bytes honest = new QuoteAttest(header, pcrs.selection(), pcrs.digest()).toBytes();
    Bytes attest = TpmStatementDefects.beforeSigning(defect, honest, nonce.size());
    Bytes signature = TpmStatementDefects.afterSigning(defect, sign(attest, defect));
    Bytes sent =
        defect == TpmStatementDefect.SIGNED_BIT_FLIPPED
            ? TpmStatementDefects.withLastBitFlipped(attest)
            : attest;
    return new SignedAttest(sent, new RsassaSignature(signature));
  }

  private Bytes sign(Bytes attest, TpmStatementDefect defect) {
    boolean foreign = defect == TpmStatementDefect.SIGNED_BY_OTHER_KEY;
    PrivateKey signingKey = foreign ? other.getPrivate() : key.getPrivate();
    boolean weak = defect == TpmStatementDefect.SIGNED_WITH_SHA1;
    try {
      Signature signer = Signature.getInstance(weak ? "SHA1withRSA" : "SHA256withRSA");
      signer.initSign(signingKey);
      signer.update(attest.toArray());
      return Bytes.copyOf(signer.sign());
    } catch (GeneralSecurityException refused) {
      throw new IllegalStateException("a key of the software platform does not sign", refused);
    }
  }
}
