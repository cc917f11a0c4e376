package dev.keygate.evidence.testing;

/**
 * What can be wrong with a quote of a TPM. Unless it says otherwise the attestation key signs the
 * quote with it.
 */
public enum TpmStatementDefect {
  /** Nothing. */
  NONE,
  /** One bit of the signature differs. */
  SIGNATURE_BIT_FLIPPED,
  /** The signature has one octet less. */
  SIGNATURE_SHORT,
  /** Another key signed. */
  SIGNED_BY_OTHER_KEY,
  /** It is signed with RSASSA-PKCS1-v1_5 and SHA-1. */
  SIGNED_WITH_SHA1,
  /** One bit of the PCR digest differs from what was signed. */
  SIGNED_BIT_FLIPPED,
  /** It does not start with what only a TPM can sign. */
  MAGIC_REPLACED,
  /** Its type is one that nobody knows. */
  TYPE_UNKNOWN,
  /** Its type is that of a certification. */
  TYPE_OF_CERTIFICATION,
  /** It has one octet less. */
  TRUNCATED,
  /** It has one octet more. */
  EXTENDED,
  /** It states a nonce of more octets than a TPM takes. */
  NONCE_TOO_LONG,
  /** It carries another nonce. */
  OTHER_NONCE,
  /** Its clock is neither safe nor unsafe. */
  SAFE_UNDEFINED,
  /** It states a list of 2^32 - 1 selections. */
  SELECTIONS_UNBOUNDED,
  /** It quotes the SHA-1 bank. */
  OTHER_BANK,
  /** Its selection has four octets. */
  SELECTION_WIDE,
  /** Its selection names a bank and none of its PCRs. */
  SELECTION_EMPTY,
  /** It quotes one PCR less. */
  PCR_MISSING,
  /** It quotes one PCR more. */
  PCR_ADDED,
  /** Its PCR digest is of other values. */
  OTHER_PCR_DIGEST,
  /** Its PCR digest is stated to have 20 octets. */
  PCR_DIGEST_SHORT
}
