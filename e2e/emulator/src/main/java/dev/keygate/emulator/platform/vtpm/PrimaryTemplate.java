package dev.keygate.emulator.platform.vtpm;

import dev.keygate.evidence.tpm.ObjectAttributes;
import dev.keygate.evidence.tpm.RsaParameters;
import dev.keygate.evidence.tpm.TpmAlgorithm;
import dev.keygate.evidence.tpm.TpmPublic;
import dev.keygate.evidence.tpm.command.TpmError;

/** Which templates this TPM makes a primary key of: RSA-2048, signing or plain decryption. */
final class PrimaryTemplate {

  private static final int TEMPLATE_PARAMETER = 2;
  private static final int KEY_BITS = 2048;
  private static final long USUAL_EXPONENT = 65537;

  private PrimaryTemplate() {}

  static void require(TpmPublic template) throws TpmRefusal {
    requireAttributes(template.attributes());
    RsaParameters parameters = template.parameters();
    if (parameters.keySizeBits() != KEY_BITS) {
      throw refused(TpmError.VALUE);
    }
    if (parameters.publicExponent() != USUAL_EXPONENT) {
      throw TpmRefusal.of(TpmError.RANGE);
    }
    requireScheme(template.attributes(), parameters.scheme().algorithm());
  }

  private static void requireAttributes(ObjectAttributes attributes) throws TpmRefusal {
    boolean bound = attributes.isFixedToTpm() && attributes.isFixedToParent();
    boolean useful = attributes.allowsSign() || attributes.allowsDecrypt();
    if (!bound || !attributes.isSensitiveDataMadeByTpm() || !useful) {
      throw refused(TpmError.ATTRIBUTES);
    }
    if (attributes.isRestricted() && attributes.allowsDecrypt()) {
      // A storage key; it would need the symmetric algorithm that the template does not have.
      throw refused(TpmError.SYMMETRIC);
    }
  }

  private static void requireScheme(ObjectAttributes attributes, TpmAlgorithm scheme)
      throws TpmRefusal {
    boolean fits =
        switch (scheme) {
          case NULL -> !attributes.isRestricted();
          case RSASSA, RSAPSS -> attributes.allowsSign() && !attributes.allowsDecrypt();
          case RSAES, OAEP -> attributes.allowsDecrypt() && !attributes.allowsSign();
          case RSA, SHA1, AES, SHA256, SHA384, SHA512, CFB -> false;
        };
    if (!fits) {
      throw refused(TpmError.SCHEME);
    }
  }

  private static TpmRefusal refused(TpmError error) {
    return TpmRefusal.ofParameter(error, TEMPLATE_PARAMETER);
  }
}
