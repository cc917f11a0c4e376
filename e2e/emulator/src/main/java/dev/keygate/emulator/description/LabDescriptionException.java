package dev.keygate.emulator.description;

/** A text does not describe a lab; the message says where and what was expected. */
public final class LabDescriptionException extends Exception {

  private static final long serialVersionUID = 1L;

  LabDescriptionException(String message) {
    super(message);
  }
}
