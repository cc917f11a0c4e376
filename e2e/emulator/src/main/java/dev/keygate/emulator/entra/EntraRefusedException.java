package dev.keygate.emulator.entra;

/** Entra refuses a token request. */
final class EntraRefusedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final Aadsts code;
  private final String sentence;

  EntraRefusedException(Aadsts code, String message) {
    super(message);
    this.sentence = message;
    this.code = code;
  }

  String sentence() {
    return sentence;
  }

  Aadsts code() {
    return code;
  }
}
