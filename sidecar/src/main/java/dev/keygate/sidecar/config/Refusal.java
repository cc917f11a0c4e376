package dev.keygate.sidecar.config;

import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;

/** The sentence that says which setting is wrong. */
final class Refusal {

  private static final int LONGEST_QUOTE = 120;

  private Refusal() {}

  /**
   * @param what what the setting is, as the rest of the sentence
   */
  static RefusedException of(String key, String what) {
    return new RefusedException(Reason.SettingsInvalid, "The setting " + key + " " + what + ".");
  }

  static RefusedException of(String key, String expected, String found) {
    String shown = found.length() > LONGEST_QUOTE ? found.substring(0, LONGEST_QUOTE) + "…" : found;
    String harmless = shown.replaceAll("\\p{Cntrl}", "?");
    return of(key, "is " + expected + "; found '" + harmless + "'");
  }
}
