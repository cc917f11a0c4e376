package dev.keygate.evidence.testing;

/** What can be wrong with an SNP report. Unless it says otherwise the report is signed with it. */
public enum SnpDefect {
  /** Nothing. */
  NONE,
  /** One bit of the signature differs. */
  SIGNATURE_BIT_FLIPPED,
  /** One bit of the launch measurement differs from what was signed. */
  SIGNED_BIT_FLIPPED,
  /** REPORT_DATA differs from what was signed. */
  REPORT_DATA_REPLACED,
  /** HOST_DATA differs from what was signed. */
  HOST_DATA_REPLACED,
  /** POLICY differs from what was signed, but is well-formed. */
  POLICY_REPLACED,
  /** REPORTED_TCB differs from what was signed. */
  REPORTED_TCB_REPLACED,
  /** R and S are zero. */
  SIGNATURE_ZERO,
  /** R and S of another report of the same chip. */
  SIGNATURE_OF_OTHER_REPORT,
  /** R is zero. */
  SIGNATURE_R_ZERO,
  /** S is zero. */
  SIGNATURE_S_ZERO,
  /** R and S have changed places. */
  SIGNATURE_NUMBERS_SWAPPED,
  /** R and S are big-endian. */
  SIGNATURE_BIG_ENDIAN,
  /** The padding above R is not zero. */
  SIGNATURE_PADDING_SET,
  /** The padding above S is not zero. */
  SIGNATURE_S_PADDING_SET,
  /** The reserved octets after S are not zero. */
  SIGNATURE_TAIL_SET,
  /** The report has one octet less. */
  TRUNCATED,
  /** The report has one octet more. */
  EXTENDED,
  /** VERSION is 1. */
  VERSION_1,
  /** An octet of the range after KEY_INFO, which every version reserves, is set. */
  RESERVED_SET,
  /** The last octet of the range after CPUID is set. */
  RESERVED_AFTER_CPUID_SET,
  /** The octet after the current firmware's version is set. */
  RESERVED_AFTER_CURRENT_VERSION_SET,
  /** The octet after the committed firmware's version is set. */
  RESERVED_AFTER_COMMITTED_VERSION_SET,
  /** The last octet before the signature is set. */
  RESERVED_BEFORE_SIGNATURE_SET,
  /** SIGNATURE_ALGO names no algorithm. */
  UNKNOWN_SIGNATURE_ALGORITHM,
  /** POLICY bit 17, which must be one, is zero. */
  POLICY_MANDATORY_BIT_CLEAR,
  /** POLICY has a bit that no ABI defines. */
  POLICY_UNKNOWN_BIT,
  /** POLICY allows debugging. */
  DEBUG_ALLOWED,
  /** POLICY allows a migration agent. */
  MIGRATION_ALLOWED,
  /** CHIP_ID is another chip's. */
  OTHER_CHIP,
  /** CHIP_ID is hidden, that is zero. */
  CHIP_HIDDEN,
  /** CHIP_ID differs in its last octet. */
  OTHER_CHIP_TAIL,
  /** REPORTED_TCB has another bootloader than the key's. */
  OTHER_BOOTLOADER,
  /** REPORTED_TCB has another SNP firmware than the key's. */
  OTHER_SNP_FIRMWARE,
  /** REPORTED_TCB is one microcode patch level higher than the key's. */
  OTHER_MICROCODE,
  /** REPORTED_TCB has a reserved octet set. */
  TCB_RESERVED_OCTET_SET,
  /** CPUID is another product's. */
  OTHER_PRODUCT,
  /** CPUID is of no known product. */
  UNKNOWN_PRODUCT,
  /** The report was asked for at VMPL 2. */
  VMPL_2,
  /** The report was asked for by the host. */
  VMPL_OF_HOST,
  /** VMPL is 4. */
  VMPL_UNDEFINED,
  /** The report says that a VLEK signed it. */
  SIGNED_BY_VLEK,
  /** The report says that nothing signed it. */
  NOT_SIGNED,
  /** The report names a signing key that no ABI defines. */
  UNDEFINED_SIGNING_KEY
}
