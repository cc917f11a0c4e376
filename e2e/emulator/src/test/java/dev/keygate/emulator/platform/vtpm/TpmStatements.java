package dev.keygate.emulator.platform.vtpm;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.tpm.RsaScheme;
import dev.keygate.evidence.tpm.TpmAlgorithm;
import dev.keygate.evidence.tpm.TpmHandle;
import dev.keygate.evidence.tpm.TpmPublic;
import dev.keygate.evidence.tpm.attest.CertifyAttest;
import dev.keygate.evidence.tpm.attest.QuoteAttest;
import dev.keygate.evidence.tpm.attest.SignedAttest;
import dev.keygate.evidence.tpm.attest.TpmsAttest;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;

/** Reads what a TPM signs, and encrypts for its keys. */
final class TpmStatements {

  /** The paddings that the sidecar uses, in sealed tokens and in released keys. */
  static final List<RsaScheme> SCHEMES =
      List.of(
          RsaScheme.RSAES,
          new RsaScheme(TpmAlgorithm.OAEP, TpmAlgorithm.SHA1),
          RsaScheme.OAEP_SHA256,
          new RsaScheme(TpmAlgorithm.OAEP, TpmAlgorithm.SHA384));

  private static final byte[] SECRET = {1, 2, 3, 4};

  private TpmStatements() {}

  /**
   * What a statement says, without its clock.
   *
   * @param signer the attestation key
   * @param subject the key that is certified
   */
  static String describe(SignedAttest signed, TpmPublic signer, TpmPublic subject)
      throws Exception {
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initVerify(signer.rsaPublicKey());
    signature.update(signed.attest().toArray());
    boolean isGenuine = signature.verify(signed.signature().value().toArray());
    TpmsAttest attest = TpmsAttest.parse(signed.attest());
    boolean isNamed =
        attest.header().qualifiedSigner().equals(signer.qualifiedName(TpmHandle.ENDORSEMENT));
    String said =
        switch (attest) {
          case QuoteAttest quote -> quote.selection() + " " + quote.pcrDigest();
          case CertifyAttest certify ->
              certify.name().equals(subject.name())
                  + " "
                  + certify.qualifiedName().equals(subject.qualifiedName(TpmHandle.NULL_HIERARCHY));
        };
    return said
        + ", over '"
        + attest.header().extraData()
        + "', signed "
        + isGenuine
        + ", signer named "
        + isNamed;
  }

  /** Encrypts four octets. */
  static Bytes encrypt(TpmPublic key, RsaScheme scheme) throws Exception {
    if (scheme.algorithm() == TpmAlgorithm.RSAES) {
      Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
      cipher.init(Cipher.ENCRYPT_MODE, key.rsaPublicKey());
      return Bytes.copyOf(cipher.doFinal(SECRET));
    }
    String hash = scheme.hash().name().replace("SHA", "SHA-");
    Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
    cipher.init(
        Cipher.ENCRYPT_MODE,
        key.rsaPublicKey(),
        new OAEPParameterSpec(
            hash, "MGF1", new MGF1ParameterSpec(hash), PSource.PSpecified.DEFAULT));
    return Bytes.copyOf(cipher.doFinal(SECRET));
  }
}
