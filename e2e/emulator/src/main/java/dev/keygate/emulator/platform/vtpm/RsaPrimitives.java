package dev.keygate.emulator.platform.vtpm;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.tpm.RsaScheme;
import dev.keygate.evidence.tpm.TpmAlgorithm;
import dev.keygate.evidence.tpm.command.TpmError;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;

/** RSA signatures and decryption with the paddings of TPM schemes. */
final class RsaPrimitives {

  private RsaPrimitives() {}

  static Bytes sign(TpmKey key, Bytes message) {
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key.privateKey());
      signature.update(message.toArray());
      return Bytes.copyOf(signature.sign());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("the Java runtime cannot sign with RSA", impossible);
    }
  }

  /** Decrypts; padding that does not fit is an invalid value. */
  static Bytes decrypt(TpmKey key, Bytes cipherText, RsaScheme scheme) throws TpmRefusal {
    try {
      return Bytes.copyOf(cipher(key, scheme).doFinal(cipherText.toArray()));
    } catch (BadPaddingException | IllegalBlockSizeException malformed) {
      throw TpmRefusal.of(TpmError.VALUE);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("the Java runtime cannot decrypt with RSA", impossible);
    }
  }

  private static Cipher cipher(TpmKey key, RsaScheme scheme)
      throws GeneralSecurityException, TpmRefusal {
    String padding =
        switch (scheme.algorithm()) {
          case NULL -> "RSA/ECB/NoPadding";
          case RSAES -> "RSA/ECB/PKCS1Padding";
          case OAEP -> "RSA/ECB/OAEPPadding";
          case RSA, SHA1, AES, SHA256, SHA384, SHA512, RSASSA, RSAPSS, CFB ->
              throw TpmRefusal.ofParameter(TpmError.SCHEME, 2);
        };
    Cipher cipher = Cipher.getInstance(padding);
    if (scheme.algorithm() == TpmAlgorithm.OAEP) {
      cipher.init(Cipher.DECRYPT_MODE, key.privateKey(), oaep(scheme.hash()));
    } else {
      cipher.init(Cipher.DECRYPT_MODE, key.privateKey());
    }
    return cipher;
  }

  private static OAEPParameterSpec oaep(TpmAlgorithm hash) {
    String name =
        switch (hash) {
          case SHA1 -> "SHA-1";
          case SHA256 -> "SHA-256";
          case SHA384 -> "SHA-384";
          case SHA512 -> "SHA-512";
          case RSA, AES, NULL, RSASSA, RSAES, RSAPSS, OAEP, CFB ->
              throw new IllegalArgumentException(hash + " is no hash");
        };
    return new OAEPParameterSpec(
        name, "MGF1", new MGF1ParameterSpec(name), PSource.PSpecified.DEFAULT);
  }
}
