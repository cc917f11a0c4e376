package dev.keygate.evidence.verify;

import dev.keygate.evidence.endorsement.EndorsementChain;
import dev.keygate.evidence.endorsement.KeyExtensions;
import dev.keygate.evidence.endorsement.PinnedRoot;
import dev.keygate.evidence.snp.SnpProduct;
import java.security.interfaces.ECPublicKey;
import java.util.Set;

/** A chain that {@link ChainVerifier} believed. Nothing else can build one. */
public final class VerifiedChain {

  private final EndorsementChain chain;
  private final PinnedRoot root;
  private final KeyExtensions key;
  private final Set<Check> checks;

  VerifiedChain(EndorsementChain chain, PinnedRoot root, KeyExtensions key, Set<Check> checks) {
    this.chain = chain;
    this.root = root;
    this.key = key;
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

  /** Chip or provider, product and TCB whose key the endorsement key is. */
  public KeyExtensions key() {
    return key;
  }

  /** The processor line, which chain and key agree on. */
  public SnpProduct product() {
    return key.product();
  }

  /** The endorsement key, a key on curve P-384. */
  public ECPublicKey publicKey() {
    return (ECPublicKey) chain.endorsementKey().getPublicKey();
  }

  /** The checks that were made. */
  public Set<Check> checks() {
    return checks;
  }
}
