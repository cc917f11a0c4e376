package dev.keygate.evidence.verify;

/**
 * One thing that is verified about evidence, in the order in which it is verified; those that only
 * evidence on TDX has come last.
 */
public enum Check {
  /** The evidence comes from hardware that this library can verify. */
  HARDWARE_REPORT_TYPE("Azure HCL report, report_type"),
  /** The root's key is one that is believed. */
  ROOT_PINNED("AMD 57230, certificate chain; Intel PCK certificate profile, root CA"),
  /** Each certificate is signed by the next with the vendor's algorithm, the root by itself. */
  CHAIN_SIGNATURE("RFC 5280 §6.1.3 (a)(1), (a)(4)"),
  /**
   * The two upper certificates may issue, the lowest is a VCEK or VLEK on P-384 or a PCK on P-256.
   */
  CHAIN_ROLES(
      "RFC 5280 §4.2.1.3, §4.2.1.9; AMD 57230, VCEK and VLEK certificate; Intel PCK certificate"
          + " profile"),
  /** All certificates are valid now. */
  CHAIN_VALIDITY("RFC 5280 §6.1.3 (a)(2)"),
  /** AMD's extensions of the VCEK or VLEK are there and well-formed. */
  VCEK_EXTENSIONS("AMD 57230, VCEK and VLEK certificate extensions"),
  /** The report says that this kind of key signed it. */
  SIGNING_KEY("AMD 56860, ATTESTATION_REPORT, SIGNING_KEY"),
  /** The VCEK or VLEK signed the report. */
  REPORT_SIGNATURE("AMD 56860, ATTESTATION_REPORT, SIGNATURE"),
  /** Chain, endorsement key and report name one product. */
  PRODUCT("AMD 57230, productName; AMD 56860, CPUID_FAM_ID and CPUID_MOD_ID"),
  /** The reported TCB, in all its octets, is the one whose key the VCEK or VLEK is. */
  TCB_MATCHES_VCEK("AMD 57230, VCEK certificate extensions; AMD 56860, REPORTED_TCB"),
  /** The report comes from the chip whose key the VCEK is. */
  CHIP_ID("AMD 57230, hwID; AMD 56860, CHIP_ID"),
  /** The VLEK was loaded for a provider whose keys are accepted by name. */
  PROVIDER("AMD 57230, cspID"),
  /** The guest was launched so that its host cannot debug it. */
  DEBUG_DISABLED("AMD 56860, guest policy bit 19; Intel TDX module ABI, ATTRIBUTES bit 0"),
  /** The guest was launched so that nothing can move it to another machine. */
  MIGRATION_DISABLED("AMD 56860, guest policy bit 18; Intel TDX module ABI, ATTRIBUTES bit 29"),
  /** The report was asked for at the expected privilege level. */
  VMPL("AMD 56860, ATTESTATION_REPORT, VMPL"),
  /** The report carries the expected report data. */
  REPORT_DATA("AMD 56860, ATTESTATION_REPORT, REPORT_DATA"),
  /** The guest was launched from the expected memory. */
  LAUNCH_MEASUREMENT("AMD 56860, ATTESTATION_REPORT, MEASUREMENT"),
  /** The host gave the expected data at launch. */
  HOST_DATA("AMD 56860, ATTESTATION_REPORT, HOST_DATA"),
  /** The hardware report carries the digest of the runtime claims. */
  HCL_BINDING(
      "Azure HCL report, report_data_hash_type; AMD 56860, REPORT_DATA; Intel TDX module ABI,"
          + " REPORTDATA"),
  /** The runtime claims carry what the guest wrote last. */
  USER_DATA("Azure HCL report, runtime claims, user-data; NV index 0x01400002"),
  /** The key that signed the quote is the one that the runtime claims name. */
  AK_IS_HCL_AK_PUB("Azure HCL report, runtime claims, HCLAkPub"),
  /** The attestation key signed the quote. */
  QUOTE_SIGNATURE("TPM 2.0 Library part 3, TPM2_Quote"),
  /** The quote carries the expected nonce. */
  QUOTE_NONCE("TPM 2.0 Library part 2, TPMS_ATTEST, extraData"),
  /** The quote covers the expected PCRs. */
  QUOTE_PCR_SELECTION("TPM 2.0 Library part 2, TPMS_QUOTE_INFO, pcrSelect"),
  /** The PCR values are the ones that were quoted. */
  QUOTE_PCR_DIGEST("TPM 2.0 Library part 2, TPMS_QUOTE_INFO, pcrDigest"),
  /** The attestation key signed the certification. */
  CERTIFICATION_SIGNATURE("TPM 2.0 Library part 3, TPM2_Certify"),
  /** The certification is about the key that it came with. */
  CERTIFIED_NAME("TPM 2.0 Library part 2, TPMS_CERTIFY_INFO, name"),
  /** The certified key was made by the TPM, never leaves it, and decrypts by its policy alone. */
  CERTIFIED_KEY_ATTRIBUTES("TPM 2.0 Library part 2, TPMA_OBJECT"),
  /** The certified key's policy demands the quoted PCR values. */
  CERTIFIED_KEY_POLICY("TPM 2.0 Library part 3, TPM2_PolicyPCR"),
  /** The evidence is of a kind that the caller accepts. */
  EVIDENCE_KIND("RFC 9334 §7.5, evidence appraisal policy"),
  /** Intel's extension of the PCK certificate is there and well-formed. */
  PCK_EXTENSIONS("Intel PCK certificate profile, SGX Extensions"),
  /** No certificate of the chain is on a revocation list of its issuer, which is current. */
  CHAIN_REVOCATION(
      "RFC 5280 §6.3.3; AMD 57230, CRL; Intel PCK certificate profile, revocation lists"),
  /** The PCK signed the quoting enclave's report. */
  QE_REPORT_SIGNATURE("Intel TDX DCAP Quoting Library API, QE report certification data"),
  /** The quoting enclave's report carries the digest of the attestation key. */
  QE_REPORT_DATA("Intel TDX DCAP Quoting Library API, QE report, REPORTDATA"),
  /** The attestation key signed header and body of the quote. */
  TD_QUOTE_SIGNATURE("Intel TDX DCAP Quoting Library API, ECDSA quote signature"),
  /** The enclave that holds the attestation key is Intel's quoting enclave, not under debug. */
  QE_IDENTITY("Intel PCS API v4, TDX enclave identity; Intel SDM volume 3D, REPORT"),
  /** The TCB of the platform has no vulnerability that matters. */
  TCB_LEVEL("Intel PCS API v4, TDX TCB info"),
  /** The TDX module is one that Intel signed, with no attributes. */
  TDX_MODULE("Intel TDX module ABI, MRSIGNERSEAM and SEAMATTRIBUTES"),
  /** The TD was launched so that its host cannot profile it. */
  PROFILING_DISABLED("Intel TDX module ABI, ATTRIBUTES bits 7 to 1"),
  /** Both hashes in a TD report are those of what they cover. */
  TD_REPORT_HASHES("Intel TDX module ABI, REPORTMACSTRUCT"),
  /** The TD quote was made from the TD report that lies beside it. */
  TD_REPORT_IN_QUOTE("Intel TDX DCAP Quoting Library API, TD quote body");

  private final String specification;

  Check(String specification) {
    this.specification = specification;
  }

  /** Where it is specified what must hold. */
  public String specification() {
    return specification;
  }
}
