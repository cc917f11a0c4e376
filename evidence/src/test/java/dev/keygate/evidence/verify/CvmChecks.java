package dev.keygate.evidence.verify;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** The checks of a confidential machine on SEV-SNP that nothing is waived for, told by hand. */
public final class CvmChecks {

  /** All of them. */
  public static final Set<Check> ALL =
      Collections.unmodifiableSet(
          EnumSet.of(
              Check.HARDWARE_REPORT_TYPE,
              Check.ROOT_PINNED,
              Check.CHAIN_SIGNATURE,
              Check.CHAIN_ROLES,
              Check.CHAIN_VALIDITY,
              Check.CHAIN_REVOCATION,
              Check.VCEK_EXTENSIONS,
              Check.SIGNING_KEY,
              Check.REPORT_SIGNATURE,
              Check.PRODUCT,
              Check.TCB_MATCHES_VCEK,
              Check.CHIP_ID,
              Check.DEBUG_DISABLED,
              Check.MIGRATION_DISABLED,
              Check.VMPL,
              Check.HCL_BINDING,
              Check.AK_IS_HCL_AK_PUB,
              Check.QUOTE_SIGNATURE,
              Check.QUOTE_NONCE,
              Check.QUOTE_PCR_SELECTION,
              Check.QUOTE_PCR_DIGEST));

  private CvmChecks() {}

  /** All but those that are waived. */
  public static Set<Check> without(Check... waived) {
    EnumSet<Check> rest = EnumSet.copyOf(ALL);
    rest.removeAll(Set.of(waived));
    return rest;
  }
}
