package dev.keygate.sidecar.trace;

/** A step of a release, as its span is named. */
public enum Step {
  /** All keys that are due, and with them the attestation that they share. */
  ROUND("keygate round"),
  /** One call for a token of Entra, of the metadata service or of Entra itself. */
  IDENTITY_TOKEN("identity token"),
  /** One call for the endorsement of this machine's chip. */
  COLLATERAL("collateral"),
  /** One call that asks an authority for its token. */
  ATTEST("attest"),
  /** One call for the keys that an authority signs with. */
  ISSUER_KEYS("issuer keys"),
  /** One call that asks a vault for a release. */
  RELEASE("release"),
  /** A call for something else. */
  OTHER_CALL("call"),
  /** All that becomes of one key, from the vault's answer on. */
  KEY("key"),
  UNWRAP("unwrap"),
  DELIVER("deliver");

  private final String title;

  Step(String title) {
    this.title = title;
  }

  /** The span's name. */
  public String title() {
    return title;
  }

  /** Whether it is a call of somebody else. */
  boolean isCall() {
    return switch (this) {
      case IDENTITY_TOKEN, COLLATERAL, ATTEST, ISSUER_KEYS, RELEASE, OTHER_CALL -> true;
      case ROUND, KEY, UNWRAP, DELIVER -> false;
    };
  }
}
