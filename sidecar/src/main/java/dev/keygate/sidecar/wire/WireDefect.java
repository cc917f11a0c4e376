package dev.keygate.sidecar.wire;

/** Why something that came in is not taken for a request. */
public enum WireDefect {
  /** It is not HTTP/1.1 (RFC 9112) in the strict sense. */
  MALFORMED,
  /** Line and headers are larger than those of any request of this API. */
  HEAD_TOO_LARGE,
  /** The body is larger than that of any request of this API. */
  BODY_TOO_LARGE,
  /** The body has no announced length, but is sent in chunks. */
  LENGTH_MISSING,
  /** The handler failed for a defect of its own. */
  HANDLER_FAILED
}
