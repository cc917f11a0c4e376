package dev.keygate.evidence.verify;

import dev.keygate.evidence.endorsement.PckChain;
import dev.keygate.evidence.endorsement.PckExtensions;
import dev.keygate.evidence.endorsement.PinnedRoot;
import java.security.interfaces.ECPublicKey;
import java.util.Set;

/** A chain that {@link PckChainVerifier} believed. Nothing else can build one. */
public final class VerifiedPckChain {

  private final PckChain chain;
  private final PinnedRoot root;
  private final PckExtensions pck;
  private final Set<Check> checks;

  VerifiedPckChain(PckChain chain, PinnedRoot root, PckExtensions pck, Set<Check> checks) {
    this.chain = chain;
    this.root = root;
    this.pck = pck;
    this.checks = checks;
  }

  /** The certificates. */
  public PckChain chain() {
    return chain;
  }

  /** The pinned root that the chain ends in. */
  public PinnedRoot root() {
    return root;
  }

  /** Platform and TCB whose key the PCK is. */
  public PckExtensions pck() {
    return pck;
  }

  /** The PCK, a key on curve P-256. */
  public ECPublicKey pckKey() {
    return (ECPublicKey) chain.pck().getPublicKey();
  }

  /** The checks that were made. */
  public Set<Check> checks() {
    return checks;
  }
}
