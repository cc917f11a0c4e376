package dev.keygate.sidecar.wire;

/** Something that came in is not taken for a request. */
final class WireException extends Exception {

  private static final long serialVersionUID = 1L;

  private final WireDefect defect;

  WireException(WireDefect defect) {
    super(defect.name());
    this.defect = defect;
  }

  WireDefect defect() {
    return defect;
  }
}
