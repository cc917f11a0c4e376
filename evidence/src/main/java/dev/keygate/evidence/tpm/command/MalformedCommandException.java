package dev.keygate.evidence.tpm.command;

/** Bytes that are no command; stays within this package. */
final class MalformedCommandException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient TpmResponseCode code;

  MalformedCommandException(TpmResponseCode code) {
    super(code.toString());
    this.code = code;
  }

  TpmResponseCode code() {
    return code;
  }
}
