package dev.keygate.emulator.net;

/** What arrived is not an HTTP/1.1 request within the lab's bounds. */
final class HttpRefusedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final int status;

  HttpRefusedException(int status, String sentence) {
    super(sentence);
    this.status = status;
  }

  int status() {
    return status;
  }
}
