package dev.keygate.azure.thim;

import dev.keygate.evidence.verify.VerifiedChain;
import java.time.Duration;
import java.time.Instant;

/**
 * An endorsement that was verified to be that of a chip at a reported TCB. Only {@link
 * CollateralCache} makes one.
 */
public final class VerifiedCollateral {

  private final AmdCertification certification;
  private final VerifiedChain chain;
  private final Instant fetchedAt;

  VerifiedCollateral(AmdCertification certification, VerifiedChain chain, Instant fetchedAt) {
    this.certification = certification;
    this.chain = chain;
    this.fetchedAt = fetchedAt;
  }

  /** What was served, as authorities take it. */
  public AmdCertification certification() {
    return certification;
  }

  /** The chain, which was verified when it was fetched and, if it is an old one, again now. */
  public VerifiedChain chain() {
    return chain;
  }

  /** When its source gave it. */
  public Instant fetchedAt() {
    return fetchedAt;
  }

  /** Whether its source does not let it be kept that long: it is given for want of a newer one. */
  public boolean isStale(Instant now) {
    return !now.isBefore(freshUntil());
  }

  Instant freshUntil() {
    return fetchedAt.plus(certification.cacheFor());
  }

  /** A source that lets nothing be kept is not overruled by its failing. */
  boolean isUsableForWantOfNewer(Duration longestStale, Instant now) {
    return certification.cacheFor().isPositive() && now.isBefore(freshUntil().plus(longestStale));
  }
}
