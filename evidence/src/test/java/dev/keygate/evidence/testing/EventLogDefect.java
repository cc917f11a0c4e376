package dev.keygate.evidence.testing;

/** What can be wrong with a boot event log. */
public enum EventLogDefect {
  /** Nothing. */
  NONE,
  /** The first entry is no EV_NO_ACTION. */
  HEADER_TYPE_OTHER,
  /** The first entry is about PCR 1. */
  HEADER_PCR_OTHER,
  /** The first entry names another format, such as that of TPM 1.2. */
  HEADER_SIGNATURE_OTHER,
  /** The header names no bank. */
  NO_BANK,
  /** The header names more banks than there are hash functions. */
  TOO_MANY_BANKS,
  /** The header names the SHA-256 bank twice. */
  BANK_TWICE,
  /** The header names SHA-384 in place of SHA-256. */
  SHA256_BANK_MISSING,
  /** The header states 20 octets for SHA-256. */
  SHA256_SIZE_OTHER,
  /** The header states 0 octets for SHA-256. */
  SHA256_SIZE_ZERO,
  /** The header's vendor information ends after the header. */
  VENDOR_INFO_BEYOND_END,
  /** The header has an octet after its vendor information. */
  HEADER_TAIL,
  /** An event is about PCR 24. */
  PCR_BEYOND_BANK,
  /** An event has more digests than there are banks. */
  MORE_DIGESTS_THAN_BANKS,
  /** An event has a digest of a bank that the header does not name. */
  DIGEST_OF_OTHER_BANK,
  /** An event is stated to be longer than the log. */
  EVENT_BEYOND_END,
  /** The log ends within its last event. */
  TRUNCATED,
  /** There is an octet after the last event. */
  EXTENDED,
  /** The startup locality is stated twice. */
  LOCALITY_TWICE,
  /** The startup locality is 5. */
  LOCALITY_UNDEFINED,
  /** The startup locality is stated about PCR 1. */
  LOCALITY_OF_OTHER_PCR,
  /** Well-formed: an event is missing. */
  EVENT_MISSING,
  /** Well-formed: an event is there twice. */
  EVENT_TWICE,
  /** Well-formed: two events have changed places. */
  EVENTS_SWAPPED,
  /** Well-formed: one bit of a digest differs. */
  DIGEST_BIT_FLIPPED,
  /** Well-formed: an event claims to have extended nothing. */
  EVENT_MADE_INFORMATION,
  /** Well-formed: an event is of another PCR. */
  EVENT_OF_OTHER_PCR,
  /** Well-formed: the startup locality is another. */
  OTHER_LOCALITY
}
