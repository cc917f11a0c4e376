package dev.keygate.operator.config;

import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;

/** The sentence that says which key of the settings is wrong. */
final class Refusal {

  private Refusal() {}

  static RefusedException of(String key, String expected) {
    return new RefusedException(
        Reason.SettingsInvalid, "The setting " + key + " " + expected + ".");
  }
}
