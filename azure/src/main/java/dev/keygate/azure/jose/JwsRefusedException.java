package dev.keygate.azure.jose;

/** A signed token, key set or certificate chain is malformed or failed a check. */
public final class JwsRefusedException extends Exception {

  private static final long serialVersionUID = 1L;

  /** What did not hold. */
  public enum Check {
    /** The text is larger than we read. */
    SIZE,
    /** It has the shape and encodings of RFC 7515, or RFC 7517 for a key set. */
    FORMAT,
    /** {@code alg} is RS256. */
    ALGORITHM,
    /** No header member asks for processing that we do not do. */
    CRITICAL_HEADER,
    /** The key set has the key that the header names. */
    KEY_ID,
    /** The key verifies the signature. */
    SIGNATURE,
    /** A certificate of {@code x5c} can be read. */
    CERTIFICATE,
    /** The chain ends at a root of ours and is in force (RFC 5280 §6). */
    CHAIN,
    /** The leaf names the host (RFC 6125 §6.4, subject alternative names alone). */
    HOST
  }

  private final Check check;
  private final String problem;

  /**
   * @param check what did not hold
   * @param message what was expected and found, without any part of the token
   */
  public JwsRefusedException(Check check, String message) {
    super(message);
    this.check = check;
    this.problem = message;
  }

  JwsRefusedException(Check check, String message, Throwable cause) {
    super(message, cause);
    this.check = check;
    this.problem = message;
  }

  /** What was expected and found; never null. */
  @Override
  public String getMessage() {
    return problem;
  }

  /** What did not hold. */
  public Check check() {
    return check;
  }
}
