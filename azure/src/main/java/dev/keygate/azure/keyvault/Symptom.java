package dev.keygate.azure.keyvault;

import java.util.Locale;

/**
 * What an error looks like. Every part that is given must fit; {@code alternative} is a sentence
 * that Managed HSM sends instead of the number.
 */
record Symptom(int status, String code, String sentence, String alternative) {

  private static final int BAD_REQUEST = 400;
  private static final String NO_CODE = "no code";

  static Symptom status(int status) {
    return new Symptom(status, "", "", "");
  }

  /** A number of secure key release, {@code AKV.SKR.} left out. */
  static Symptom skr(String number) {
    return new Symptom(BAD_REQUEST, "AKV.SKR." + number, "", "");
  }

  /** A status alone, without any code of a vault: who answered may have been something else. */
  static Symptom bare(int status) {
    return new Symptom(status, NO_CODE, "", "");
  }

  Symptom coded(String otherCode) {
    return new Symptom(status, otherCode, sentence, alternative);
  }

  Symptom saying(String part) {
    return new Symptom(status, code, part.toLowerCase(Locale.ROOT), alternative);
  }

  Symptom orSaying(String part) {
    return new Symptom(status, code, sentence, part.toLowerCase(Locale.ROOT));
  }

  boolean fits(VaultError error) {
    if (error.status() != status) {
      return false;
    }
    boolean isAlternative = !alternative.isEmpty() && error.sentence().contains(alternative);
    boolean isCoded =
        code.equals(NO_CODE)
            ? error.codes().isEmpty()
            : code.isEmpty() || error.codes().contains(code);
    return isAlternative || (isCoded && error.sentence().contains(sentence));
  }
}
