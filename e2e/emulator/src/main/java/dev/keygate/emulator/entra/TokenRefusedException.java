package dev.keygate.emulator.entra;

/** A request carries no access token that counts; what is told of it depends on the service. */
public final class TokenRefusedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final Defect defect;

  /** What is wrong, in the order in which it is looked for. */
  public enum Defect {
    /** There is none. */
    MISSING,
    /** It is no signed JWT. */
    MALFORMED,
    /** It is for another resource. */
    AUDIENCE,
    /** It is another tenant's. */
    ISSUER,
    /** The tenant's keys cannot be had. */
    KEYS_UNAVAILABLE,
    /** None of the tenant's keys signed it. */
    SIGNATURE,
    /** It is over, or not yet valid. */
    LIFETIME,
    /** It names nobody. */
    OBJECT_ID
  }

  TokenRefusedException(Defect defect) {
    super("access token: " + defect);
    this.defect = defect;
  }

  TokenRefusedException(Defect defect, Exception cause) {
    super("access token: " + defect, cause);
    this.defect = defect;
  }

  /** What is wrong. */
  public Defect defect() {
    return defect;
  }
}
