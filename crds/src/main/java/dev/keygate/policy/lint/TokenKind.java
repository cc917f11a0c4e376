package dev.keygate.policy.lint;

/** Whose tokens carry a claim at its path. */
enum TokenKind {
  /** Only those of guest attestation, which have the hardware's claims below another one. */
  GUEST,
  /** Only those about hardware evidence alone, which have them at the top. */
  PLATFORM,
  /** Either. */
  ANY
}
