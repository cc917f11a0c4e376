package dev.keygate.emulator.platform.vtpm;

import dev.keygate.evidence.tpm.command.TpmError;
import dev.keygate.evidence.tpm.command.TpmResponseCode;

/** A command that is not carried out, with the code to answer. */
final class TpmRefusal extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient TpmResponseCode code;

  private TpmRefusal(TpmResponseCode code) {
    super(code.toString());
    this.code = code;
  }

  static TpmRefusal of(TpmError error) {
    return new TpmRefusal(TpmResponseCode.of(error));
  }

  static TpmRefusal ofHandle(TpmError error, int number) {
    return new TpmRefusal(TpmResponseCode.ofHandle(error, number));
  }

  static TpmRefusal ofParameter(TpmError error, int number) {
    return new TpmRefusal(TpmResponseCode.ofParameter(error, number));
  }

  static TpmRefusal ofSession(TpmError error, int number) {
    return new TpmRefusal(TpmResponseCode.ofSession(error, number));
  }

  /** The format-zero codes for a handle or session that is not loaded, which count from 0. */
  static TpmRefusal notLoaded(TpmError first, int number) {
    return new TpmRefusal(new TpmResponseCode(first.code() + number - 1));
  }

  TpmResponseCode code() {
    return code;
  }
}
