package dev.keygate.emulator.net;

/** What arrived is not an HTTP/1.1 request within the lab's bounds. */
final class HttpRefusedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String sentence;

  HttpRefusedException(int status, String sentence) {
    super(sentence);
    this.sentence = sentence;
    this.status = status;
  }

  String sentence() {
    return sentence;
  }

  int status() {
    return status;
  }
}
