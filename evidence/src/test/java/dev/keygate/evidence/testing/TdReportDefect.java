package dev.keygate.evidence.testing;

/**
 * What can be wrong with a TD report. Unless it says otherwise its hashes are those of what it has;
 * a wrong MAC is no defect, because nobody but the processor can tell.
 */
public enum TdReportDefect {
  /** Nothing. */
  NONE,
  /** The report has one octet less. */
  TRUNCATED,
  /** The report has one octet more. */
  EXTENDED,
  /** REPORTTYPE.TYPE is that of an SGX enclave. */
  TYPE_SGX,
  /** REPORTTYPE.SUBTYPE is 1. */
  SUBTYPE_1,
  /** REPORTTYPE.VERSION is 2. */
  VERSION_2,
  /** A reserved octet of REPORTTYPE is set. */
  TYPE_RESERVED_SET,
  /** A reserved octet of REPORTMACSTRUCT is set. */
  MAC_STRUCT_RESERVED_SET,
  /** A reserved octet of TEE_TCB_INFO is set. */
  TCB_INFO_RESERVED_SET,
  /** An octet between TEE_TCB_INFO and TDINFO is set. */
  GAP_SET,
  /** A reserved octet of TDINFO is set. */
  TD_INFO_RESERVED_SET,
  /** Version 0 has a SERVTD_HASH. */
  SERVTD_HASH_IN_VERSION_0,
  /** ATTRIBUTES has a reserved bit of the group TUD. */
  RESERVED_TUD_BIT,
  /** XFAM has no SSE. */
  XFAM_WITHOUT_SSE,
  /** TEE_TCB_INFO_HASH is another digest. */
  TCB_INFO_HASH_WRONG,
  /** MRSEAM differs from what was hashed. */
  TCB_INFO_CHANGED,
  /** TEE_INFO_HASH is another digest. */
  TD_INFO_HASH_WRONG,
  /** RTMR3 differs from what was hashed. */
  TD_INFO_CHANGED
}
