package dev.keygate.evidence.verify;

import dev.keygate.evidence.endorsement.PinnedRoot;
import dev.keygate.evidence.tdx.TdQuote;
import dev.keygate.evidence.tdx.TdQuoteBody;
import java.util.Set;

/** A quote that {@link TdQuoteVerifier} believed. Nothing else can build one. */
public final class VerifiedTdQuote implements Verified {

  private final TdQuote quote;
  private final VerifiedPckChain chain;
  private final TcbLevel tcbLevel;
  private final Set<Check> checks;

  VerifiedTdQuote(TdQuote quote, VerifiedPckChain chain, TcbLevel tcbLevel, Set<Check> checks) {
    this.quote = quote;
    this.chain = chain;
    this.tcbLevel = tcbLevel;
    this.checks = checks;
  }

  /** The quote. */
  public TdQuote quote() {
    return quote;
  }

  /** What the quote says of the TD. */
  public TdQuoteBody body() {
    return quote.body();
  }

  /** Who endorses it: the PCK's chain, platform and TCB. */
  public VerifiedPckChain chain() {
    return chain;
  }

  /** How Intel rates the platform's TCB, as far as that was evaluated. */
  public TcbLevel tcbLevel() {
    return tcbLevel;
  }

  @Override
  public PinnedRoot root() {
    return chain.root();
  }

  @Override
  public Set<Check> checks() {
    return checks;
  }
}
