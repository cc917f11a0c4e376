package dev.keygate.evidence.verify;

/** One thing that is verified about evidence, in the order in which it is verified. */
public enum Check {
  /** The evidence comes from hardware that this library can verify. */
  HARDWARE_REPORT_TYPE("Azure HCL report, report_type"),
  /** The root's key is one that is believed. */
  ROOT_PINNED("AMD 57230, certificate chain"),
  /** Each certificate is signed by the next with RSASSA-PSS and SHA-384, the root by itself. */
  CHAIN_SIGNATURE("RFC 5280 §6.1.3 (a)(1), (a)(4)"),
  /** The two upper certificates may issue, the lowest is a VCEK or VLEK on P-384. */
  CHAIN_ROLES("RFC 5280 §4.2.1.3, §4.2.1.9; AMD 57230, VCEK and VLEK certificate"),
  /** All certificates are valid now. */
  CHAIN_VALIDITY("RFC 5280 §6.1.3 (a)(2)"),
  /** The root's list is current, and neither intermediate nor root is in it. */
  CHAIN_REVOCATION("RFC 5280 §6.3.3; AMD 57230, CRL"),
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
  DEBUG_DISABLED("AMD 56860, guest policy bit 19"),
  /** The guest was launched so that no migration agent can be bound to it. */
  MIGRATION_DISABLED("AMD 56860, guest policy bit 18"),
  /** The report was asked for at the expected privilege level. */
  VMPL("AMD 56860, ATTESTATION_REPORT, VMPL"),
  /** The report carries the expected report data. */
  REPORT_DATA("AMD 56860, ATTESTATION_REPORT, REPORT_DATA"),
  /** The guest was launched from the expected memory. */
  LAUNCH_MEASUREMENT("AMD 56860, ATTESTATION_REPORT, MEASUREMENT"),
  /** The host gave the expected data at launch. */
  HOST_DATA("AMD 56860, ATTESTATION_REPORT, HOST_DATA"),
  /** The hardware report carries the digest of the runtime claims. */
  HCL_BINDING("Azure HCL report, report_data_hash_type; AMD 56860, REPORT_DATA"),
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
  CERTIFIED_KEY_POLICY("TPM 2.0 Library part 3, TPM2_PolicyPCR");

  private final String specification;

  Check(String specification) {
    this.specification = specification;
  }

  /** Where it is specified what must hold. */
  public String specification() {
    return specification;
  }
}
