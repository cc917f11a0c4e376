package dev.keygate.evidence.testing;

/** What can be wrong with a VCEK certificate or with the one that issued it. */
public enum EndorsementDefect {
  /** Nothing. */
  NONE,
  /** Not the ASK but the ARK signed it, and the chain holds the ARK twice. */
  ISSUED_BY_ARK,
  /** It names the ASK as its issuer, but the ARK signed it. */
  SIGNED_BY_ARK,
  /** One bit of its signature differs. */
  SIGNATURE_BIT_FLIPPED,
  /** It is signed with RSASSA-PSS and SHA-256. */
  SIGNED_WITH_SHA256,
  /** It names another issuer than the ASK. */
  OTHER_ISSUER_NAME,
  /** It says of itself that it may issue certificates. */
  IS_CA,
  /** It is named as a loaded key, a VLEK. */
  NAMED_VLEK,
  /** Its key is on P-256. */
  ON_P256,
  /** It has a critical extension that nobody knows. */
  UNKNOWN_CRITICAL_EXTENSION,
  /** It ended a day after it was issued. */
  EXPIRED,
  /** It starts ten years after it was issued. */
  NOT_YET_VALID,
  /** It does not state the patch level of the microcode. */
  MICROCODE_LEVEL_MISSING,
  /** It states a patch level of 256. */
  MICROCODE_LEVEL_TOO_HIGH,
  /** It states a patch level of -1. */
  MICROCODE_LEVEL_NEGATIVE,
  /** It states a patch level with an octet more than DER allows. */
  MICROCODE_LEVEL_PADDED,
  /** It names a cloud provider, as only a loaded key does. */
  PROVIDER_STATED,
  /** It states a reserved patch level. */
  RESERVED_LEVEL_SET,
  /** It names a product that nobody knows. */
  UNKNOWN_PRODUCT,
  /** It names another product of the same TCB layout than its issuers. */
  OTHER_PRODUCT,
  /** Its hardware id has seven octets. */
  SHORT_HARDWARE_ID,
  /** Not a defect: its hardware id is wrapped as an OCTET STRING, as some issuers do. */
  WRAPPED_HARDWARE_ID,
  /** Its issuer's certificate says that it may not issue certificates. */
  ISSUER_IS_NO_CA,
  /** Its issuer's certificate does not allow its key to sign certificates. */
  ISSUER_MAY_NOT_SIGN_CERTIFICATES,
  /** Its issuer's certificate ended a day after it was issued. */
  ISSUER_EXPIRED,
  /**
   * The root's certificate, whose key is the right one, says that it may not issue certificates.
   */
  ROOT_IS_NO_CA,
  /** One bit of the signature of the root's certificate, whose key is the right one, differs. */
  ROOT_SIGNATURE_BIT_FLIPPED,
  /** The root's certificate, whose key is the right one, names another product. */
  ROOT_OF_OTHER_PRODUCT
}
