package dev.keygate.evidence.testing;

/** What can be wrong with an HCL report; the hardware report inside is signed with it. */
public enum HclDefect {
  /** Nothing. */
  NONE,
  /** One octet of the claims differs from what was hashed, and they are still JSON. */
  CLAIMS_CHANGED,
  /** REPORT_DATA is the digest of other claims. */
  BOUND_TO_OTHER_CLAIMS,
  /** The digest was taken over the claims and a zero octet of the padding. */
  BOUND_WITH_PADDING,
  /** REPORT_DATA has something after the digest. */
  REPORT_DATA_TAIL_SET,
  /** The report names another hash function than was used. */
  OTHER_HASH_TYPE,
  /** The report names a hash function that nobody knows. */
  UNKNOWN_HASH_TYPE,
  /** The four octets at the start are not HCLA. */
  SIGNATURE_REPLACED,
  /** The header's version is 3. */
  VERSION_3,
  /** The header states another size. */
  REPORT_SIZE_WRONG,
  /** The runtime header states another size. */
  DATA_SIZE_WRONG,
  /** The claims are stated to be longer than the report. */
  CLAIMS_BEYOND_END,
  /** The status says that the paravisor failed. */
  STATUS_FAILED,
  /** An octet of the padding is set. */
  PADDING_SET,
  /** The report ends within its hardware report. */
  TRUNCATED,
  /** The report is of a machine with trusted launch only. */
  TRUSTED_LAUNCH,
  /** The report's type is one that nobody knows. */
  UNKNOWN_TYPE,
  /** The request's type is one that nobody knows. */
  UNKNOWN_REQUEST_TYPE,
  /** The claims name no attestation key. */
  NO_ATTESTATION_KEY,
  /** The claims name two attestation keys. */
  TWO_ATTESTATION_KEYS,
  /** The claims end too early to be JSON. */
  CLAIMS_NOT_JSON,
  /** The claims state a member twice. */
  CLAIMS_REPEAT_A_MEMBER,
  /** The claims are not UTF-8. */
  CLAIMS_NOT_UTF8
}
