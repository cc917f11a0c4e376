package dev.keygate.sidecar.localapi;

import dev.keygate.sidecar.wire.LocalAnswer;
import java.util.Map;

/** An answer in JSON to a call that is answered with what it asked for. */
final class JsonAnswer {

  private static final int OK = 200;

  private JsonAnswer() {}

  static LocalAnswer ok(String text) {
    return new LocalAnswer(OK, Map.of("Content-Type", "application/json"), Problems.utf8(text));
  }
}
