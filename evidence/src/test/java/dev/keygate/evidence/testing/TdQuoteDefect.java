package dev.keygate.evidence.testing;

/** What can be wrong with a TD quote. Unless it says otherwise the quote is signed with it. */
public enum TdQuoteDefect {
  /** Nothing. */
  NONE,
  /** The quote has one octet less. */
  TRUNCATED,
  /** The quote ends within its header. */
  CUT_IN_HEADER,
  /** Something other than zeros follows. */
  TRAILER_SET,
  /** VERSION is 3. */
  VERSION_3,
  /** VERSION is 6. */
  VERSION_6,
  /** The attestation key is said to be on P-384. */
  KEY_TYPE_P384,
  /** The quote is said to be of an SGX enclave. */
  TEE_TYPE_SGX,
  /** The body is said to be of an SGX enclave; version 5 alone. */
  BODY_TYPE_SGX,
  /** The body is of a type that nobody knows; version 5 alone. */
  BODY_TYPE_UNKNOWN,
  /** The body is said to be one octet longer; version 5 alone. */
  BODY_SIZE_WRONG,
  /** TDATTRIBUTES has a reserved bit of the group TUD. */
  RESERVED_TUD_BIT,
  /** TDATTRIBUTES has a reserved bit of the group SEC. */
  RESERVED_SEC_BIT,
  /** XFAM has no x87. */
  XFAM_WITHOUT_X87,
  /** The signature data are said to be longer than the quote. */
  SIGNATURE_DATA_BEYOND_END,
  /** The signature data are said to be one octet longer, which the trailer could give. */
  SIGNATURE_DATA_LONGER,
  /** The signature data are said to be one octet shorter. */
  SIGNATURE_DATA_SHORTER,
  /** The certification data are a PCK chain without a QE report. */
  CERTIFICATION_TYPE_5,
  /** The certification data are said to be one octet longer. */
  CERTIFICATION_SIZE_WRONG,
  /** The PCK is given by an encrypted PPID. */
  PCK_BY_PPID,
  /** The PCK chain is said to be one octet longer. */
  CHAIN_SIZE_WRONG,
  /** The QE authentication data are said to reach into the PCK chain. */
  AUTHENTICATION_DATA_LONGER,
  /** The QE authentication data are longer than is allowed. */
  AUTHENTICATION_DATA_TOO_LONG,
  /** The attestation key is not on the curve. */
  KEY_OFF_CURVE,
  /** The attestation key is zero. */
  KEY_ZERO,
  /** A reserved octet of the QE report is set. */
  QE_REPORT_RESERVED_SET,
  /** The PCK chain has no root. */
  CHAIN_WITHOUT_ROOT,
  /** The PCK chain has its root twice. */
  CHAIN_WITH_FOURTH,
  /** The PCK chain is no PEM. */
  CHAIN_NOT_PEM,
  /** The PCK chain is empty. */
  CHAIN_EMPTY,
  /** Two NULs follow the PCK chain. */
  CHAIN_WITH_TWO_NULS,
  /** One bit of the signature differs. */
  SIGNATURE_BIT_FLIPPED,
  /** R and S are zero. */
  SIGNATURE_ZERO,
  /** R and S of another quote of the same platform. */
  SIGNATURE_OF_OTHER_QUOTE,
  /** One bit of MRTD differs from what was signed. */
  SIGNED_BIT_FLIPPED,
  /** REPORTDATA differs from what was signed. */
  REPORT_DATA_REPLACED,
  /** The user data in the header differ from what was signed. */
  USER_DATA_REPLACED,
  /** Another attestation key, which is not the quoting enclave's, signed. */
  OTHER_KEY,
  /** The QE authentication data differ from what the QE report is of. */
  AUTHENTICATION_DATA_REPLACED,
  /** REPORTDATA of the QE report has something after the digest. */
  QE_REPORT_DATA_TAIL_SET,
  /** One bit of the QE report's signature differs. */
  QE_SIGNATURE_BIT_FLIPPED,
  /** ISVSVN of the QE report differs from what was signed. */
  QE_REPORT_CHANGED,
  /** Another platform's PCK signed the QE report. */
  QE_SIGNED_BY_OTHER_PCK,
  /** The header names another vendor of the quoting enclave. */
  QE_OF_OTHER_VENDOR,
  /** The quoting enclave is of another signer. */
  QE_OF_OTHER_SIGNER,
  /** The quoting enclave is another product of its signer. */
  QE_OF_OTHER_PRODUCT,
  /** The quoting enclave can be debugged. */
  QE_DEBUG,
  /** The quoting enclave has no provisioning key. */
  QE_WITHOUT_PROVISIONING_KEY,
  /** The quoting enclave has extended features. */
  QE_MISC_SELECT_SET,
  /** The TDX module is of another signer. */
  MODULE_OF_OTHER_SIGNER,
  /** The TDX module has attributes. */
  MODULE_ATTRIBUTES_SET,
  /** The host can debug the TD. */
  DEBUG_ALLOWED,
  /** The host can profile the TD's performance. */
  PROFILING_ALLOWED,
  /** The TD can be migrated. */
  MIGRATABLE
}
