package dev.keygate.sidecar.localapi;

import dev.keygate.sidecar.wire.LocalAnswer;

/** Ends a call that is not answered with what it asked for. */
final class ApiRefusal extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient LocalAnswer answer;

  ApiRefusal(LocalAnswer answer) {
    super("HTTP " + answer.status());
    this.answer = answer;
  }

  ApiRefusal(ApiCode code, String detail) {
    this(Problems.of(code, detail));
  }

  LocalAnswer answer() {
    return answer;
  }
}
