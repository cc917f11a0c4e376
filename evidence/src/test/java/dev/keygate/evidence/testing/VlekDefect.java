package dev.keygate.evidence.testing;

/** What can be wrong with a VLEK certificate. */
public enum VlekDefect {
  /** Nothing. */
  NONE,
  /** The ASK, which is for chips' keys, issued it. */
  ISSUED_BY_ASK,
  /** It names the ASVK as its issuer, but the ARK signed it. */
  SIGNED_BY_ARK,
  /** It does not name a provider. */
  PROVIDER_MISSING,
  /** It names a provider of no characters. */
  PROVIDER_EMPTY,
  /** It states a hardware id, as only a chip's key does. */
  HARDWARE_ID_STATED,
  /** It is named as a chip's key, a VCEK. */
  NAMED_VCEK,
  /** It does not state the patch level of the microcode. */
  MICROCODE_LEVEL_MISSING,
  /** It names another product of the same TCB layout than its issuers. */
  OTHER_PRODUCT,
  /** It ended a day after it was issued. */
  EXPIRED
}
