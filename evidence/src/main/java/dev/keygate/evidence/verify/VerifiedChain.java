package dev.keygate.evidence.verify;

import dev.keygate.evidence.endorsement.EndorsementChain;
import dev.keygate.evidence.endorsement.PinnedRoot;
import dev.keygate.evidence.endorsement.VcekExtensions;
import java.security.interfaces.ECPublicKey;
import java.util.Set;

/** A chain that {@link ChainVerifier} believed. Nothing else can build one. */
public final class VerifiedChain {

  private final EndorsementChain chain;
  private final PinnedRoot root;
  private final VcekExtensions vcek;
  private final Set<Check> checks;

  VerifiedChain(EndorsementChain chain, PinnedRoot root, VcekExtensions vcek, Set<Check> checks) {
    this.chain = chain;
    this.root = root;
    this.vcek = vcek;
    this.checks = checks;
  }

  /** The certificates. */
  public EndorsementChain chain() {
    return chain;
  }

  /** The pinned root that the chain ends in. */
  public PinnedRoot root() {
    return root;
  }

  /** Chip and TCB whose key the VCEK is. */
  public VcekExtensions vcek() {
    return vcek;
  }

  /** The VCEK, a key on curve P-384. */
  public ECPublicKey vcekKey() {
    return (ECPublicKey) chain.vcek().getPublicKey();
  }

  /** The checks that were made. */
  public Set<Check> checks() {
    return checks;
  }
}
