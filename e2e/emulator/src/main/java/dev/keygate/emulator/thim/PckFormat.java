package dev.keygate.emulator.thim;

/** How a PCK certificate is served. */
public enum PckFormat {
  /** As THIM does: a JSON object with the certificate, its issuers and its TCB. */
  JSON,
  /** As Intel's service does: the certificate, everything else in headers. */
  PEM
}
