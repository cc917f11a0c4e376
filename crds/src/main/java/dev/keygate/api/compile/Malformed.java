package dev.keygate.api.compile;

import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import java.util.Collection;

/** Says what is wrong with a spec, and at which of its fields. */
final class Malformed {

  private Malformed() {}

  static RefusedException at(String path, String expected) {
    return new RefusedException(Reason.PolicyMalformed, path + ": expected " + expected);
  }

  static RefusedException at(String path, String expected, String found) {
    return at(path, expected + ", found " + found);
  }

  /** A misspelt field would otherwise be read over, and what it asks for with it. */
  static void requireNone(String path, Collection<String> unknown) throws RefusedException {
    for (String member : unknown) {
      throw at(path, "no field but those of the kind", "'" + shortened(member) + "'");
    }
  }

  static String shortened(String text) {
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }
}
