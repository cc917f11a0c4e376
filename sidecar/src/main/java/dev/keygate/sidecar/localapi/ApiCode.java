package dev.keygate.sidecar.localapi;

/**
 * Why a call was not answered with what it asked for, where that lies with the call. The name is
 * the problem detail's {@code code}. What lies with the key's release is a {@code Reason} instead.
 */
enum ApiCode {
  /** The Host header is not the literal address and port that the API listens at. */
  HostRefused(421, "The Host header is not the address of this API"),
  /** There is nothing at this path. */
  PathUnknown(404, "There is nothing at this path"),
  /** The path does not know the method. */
  MethodRefused(405, "The path does not know this method"),
  /** There is no bearer token, or nobody has it. */
  CallerUnknown(401, "The caller token is missing or nobody's"),
  /** What came is not HTTP/1.1 as this API reads it. */
  RequestMalformed(400, "The request is not HTTP/1.1 in the strict sense"),
  /** Line and headers are larger than those of any request of this API. */
  HeadTooLarge(431, "The request's line and headers are too large"),
  /** The body comes without its length. */
  LengthMissing(411, "The body's length must be announced"),
  /** The container calls more often than it may. */
  TooManyRequests(429, "This container calls too often"),
  /** The body is not announced as JSON, which no browser form can send. */
  MediaTypeRefused(415, "The body must be application/json"),
  /** The body is larger than any request of this API. */
  BodyTooLarge(413, "The body is too large"),
  /** The body is not the JSON object that the call takes. */
  BodyMalformed(400, "The body is not the object that this call takes"),
  /** No format of the key is acceptable to the caller. */
  FormatRefused(406, "The key is not written in any acceptable format"),
  /** The caller has no key of this name. */
  KeyUnknown(404, "The caller has no key of this name"),
  /** The key has no such version here. */
  VersionUnknown(404, "The key has no such version here"),
  /** The key has not been released yet. */
  KeyPending(503, "The key has not been released yet"),
  /** This machine has not been attested yet. */
  AttestationPending(503, "This machine has not been attested yet"),
  /** The call failed for a defect of the sidecar. */
  InternalError(500, "The call failed for a defect of the sidecar");

  private final int status;
  private final String title;

  ApiCode(int status, String title) {
    this.status = status;
    this.title = title;
  }

  int status() {
    return status;
  }

  String title() {
    return title;
  }
}
