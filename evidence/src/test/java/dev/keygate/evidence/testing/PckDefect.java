package dev.keygate.evidence.testing;

/** What can be wrong with a PCK certificate or with one of those above it. */
public enum PckDefect {
  /** Nothing. */
  NONE,
  /** Not the CA but the root signed it, and names itself; the chain holds the root twice. */
  ISSUED_BY_ROOT,
  /** It names the CA as its issuer, but the root signed it. */
  SIGNED_BY_ROOT,
  /** One bit of its signature differs. */
  SIGNATURE_BIT_FLIPPED,
  /** It is signed with ECDSA and SHA-384. */
  SIGNED_WITH_SHA384,
  /** It names another issuer than the CA. */
  OTHER_ISSUER_NAME,
  /** It says of itself that it may issue certificates. */
  IS_CA,
  /** It is named as a certificate that signs TCB info. */
  NAMED_TCB_SIGNING,
  /** Its key is on P-384. */
  ON_P384,
  /** It has a critical extension that nobody knows. */
  UNKNOWN_CRITICAL_EXTENSION,
  /** It ended a day after it was issued. */
  EXPIRED,
  /** It starts a day before it ends, years after it was issued. */
  NOT_YET_VALID,
  /** It has no SGX Extensions. */
  EXTENSIONS_MISSING,
  /** Its SGX Extensions are no sequence. */
  EXTENSIONS_NO_SEQUENCE,
  /** Something follows its SGX Extensions. */
  EXTENSIONS_WITH_TAIL,
  /** It states the FMSPC twice. */
  FMSPC_REPEATED,
  /** It does not state the FMSPC. */
  FMSPC_MISSING,
  /** Its FMSPC has five octets. */
  FMSPC_SHORT,
  /** Its PCEID is an INTEGER. */
  PCEID_OF_OTHER_TYPE,
  /** Its SGX Type is one that nobody knows. */
  UNKNOWN_SGX_TYPE,
  /** It does not state TCB component 16. */
  COMPONENT_MISSING,
  /** It states 256 for TCB component 1. */
  COMPONENT_TOO_HIGH,
  /** It states a PCESVN of 65536. */
  PCESVN_TOO_HIGH,
  /** Its CPUSVN has 15 octets. */
  CPUSVN_SHORT,
  /** Not a defect: it has no platform instance id and no configuration, as single packages. */
  WITHOUT_PLATFORM_INSTANCE,
  /** Not a defect: it has an element that nobody knows. */
  UNKNOWN_ELEMENT,
  /** Its issuer's certificate says that it may not issue certificates. */
  ISSUER_IS_NO_CA,
  /** Its issuer's certificate does not allow its key to sign certificates. */
  ISSUER_MAY_NOT_SIGN_CERTIFICATES,
  /** Its issuer's certificate ended a day after it was issued. */
  ISSUER_EXPIRED,
  /** Its issuer is named neither platform nor processor CA. */
  ISSUER_NAMED_OTHERWISE,
  /** Not a defect: its issuer is the processor CA. */
  ISSUER_IS_PROCESSOR_CA,
  /**
   * The root's certificate, whose key is the right one, says that it may not issue certificates.
   */
  ROOT_IS_NO_CA,
  /** One bit of the signature of the root's certificate, whose key is the right one, differs. */
  ROOT_SIGNATURE_BIT_FLIPPED,
  /** The root's certificate, whose key is the right one, has another name. */
  ROOT_NAMED_OTHERWISE
}
