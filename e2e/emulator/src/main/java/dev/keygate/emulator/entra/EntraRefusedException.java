package dev.keygate.emulator.entra;

/** Entra refuses a token request. */
final class EntraRefusedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final Aadsts code;

  EntraRefusedException(Aadsts code, String message) {
    super(message);
    this.code = code;
  }

  Aadsts code() {
    return code;
  }
}
