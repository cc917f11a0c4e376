package dev.keygate.sidecar.keyvault;

/** A release envelope failed a check. The message never quotes the envelope. */
public final class EnvelopeRefusedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final EnvelopeCheck check;

  EnvelopeRefusedException(EnvelopeCheck check, String found) {
    super(found);
    this.check = check;
  }

  /** The check; those after it were not made. */
  public EnvelopeCheck check() {
    return check;
  }
}
