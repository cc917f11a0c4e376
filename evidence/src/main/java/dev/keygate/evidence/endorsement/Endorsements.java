package dev.keygate.evidence.endorsement;

import java.util.Optional;

/**
 * What is at hand besides evidence to decide whether it is believed. What is missing is never taken
 * as good: the check that needs it fails, unless the expectations waive it by name.
 *
 * @param amd the chain of an SNP report, which does not come with the report
 * @param pckRevocation what can revoke the PCK chain, which comes with a TD quote
 */
public record Endorsements(
    Optional<EndorsementChain> amd, Optional<PckRevocationLists> pckRevocation) {

  /** Nothing, which is enough for a TD quote where revocation is waived. */
  public static Endorsements none() {
    return new Endorsements(Optional.empty(), Optional.empty());
  }

  /** The same with the chain of an SNP report. */
  public Endorsements with(EndorsementChain chain) {
    return new Endorsements(Optional.of(chain), pckRevocation);
  }

  /** The same with the lists that can revoke a PCK chain. */
  public Endorsements with(PckRevocationLists lists) {
    return new Endorsements(amd, Optional.of(lists));
  }
}
