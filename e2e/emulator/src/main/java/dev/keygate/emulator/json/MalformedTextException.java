package dev.keygate.emulator.json;

/** Text is not in the encoding that its place asks for. */
public final class MalformedTextException extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * @param message what was expected, without what was found
   */
  public MalformedTextException(String message) {
    super(message);
  }
}
