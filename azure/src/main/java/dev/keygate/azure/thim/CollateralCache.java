package dev.keygate.azure.thim;

import dev.keygate.azure.flight.SingleFlight;
import dev.keygate.evidence.endorsement.PinnedRoots;
import dev.keygate.evidence.verify.VerifiedChain;
import dev.keygate.failure.FailureException;
import dev.keygate.failure.RefusedException;
import dev.keygate.failure.UnavailableException;
import dev.keygate.time.TimeSource;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gives verified collateral: asks its sources in their order until one has what leads to a pinned
 * root and endorses the platform, keeps it as long as the source allows, and gives it for want of a
 * newer one within a named limit. However many ask at once, one asks the sources. Safe for use by
 * several threads.
 */
public final class CollateralCache {

  private final List<CollateralSource> sources;
  private final CollateralVerification verification;
  private final CollateralLimits limits;
  private final TimeSource time;
  private final SingleFlight<AmdPlatform, VerifiedCollateral> flights = new SingleFlight<>();

  /** In the order of use, the longest unused first; guarded by itself. */
  private final Map<AmdPlatform, VerifiedCollateral> kept = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * @param sources at least one, the first to be asked first
   * @param roots what endorsements must lead to
   */
  public CollateralCache(
      List<CollateralSource> sources, PinnedRoots roots, CollateralLimits limits, TimeSource time) {
    if (sources.isEmpty()) {
      throw new IllegalArgumentException("collateral needs a source");
    }
    this.sources = List.copyOf(sources);
    this.verification = new CollateralVerification(roots);
    this.limits = limits;
    this.time = time;
  }

  /**
   * The verified endorsement of this chip at this reported TCB; each source is asked once.
   *
   * @throws UnavailableException {@code CollateralUnavailable} or {@code CollateralStale} if no
   *     source has it and time may cure that
   * @throws RefusedException {@code CollateralMalformed} if no source has it and time will not
   */
  public VerifiedCollateral collateral(AmdPlatform platform)
      throws FailureException, InterruptedException {
    Optional<VerifiedCollateral> fresh = fresh(platform);
    return fresh.isPresent() ? fresh.get() : flights.run(platform, () -> renew(platform));
  }

  private VerifiedCollateral renew(AmdPlatform platform)
      throws FailureException, InterruptedException {
    Optional<VerifiedCollateral> landed = fresh(platform);
    if (landed.isPresent()) {
      return landed.get();
    }
    try {
      VerifiedCollateral fetched = fetch(platform);
      keep(platform, fetched);
      return fetched;
    } catch (FailureException failure) {
      return stale(platform).orElseThrow(() -> failure);
    }
  }

  private VerifiedCollateral fetch(AmdPlatform platform)
      throws FailureException, InterruptedException {
    CollateralFailures failures = new CollateralFailures();
    for (CollateralSource source : sources) {
      try {
        AmdCertification served = source.collateral(platform);
        Instant now = time.now();
        return new VerifiedCollateral(served, verification.verify(served, platform, now), now);
      } catch (FailureException failure) {
        failures.add(failure);
      }
    }
    throw failures.combined();
  }

  private Optional<VerifiedCollateral> fresh(AmdPlatform platform) {
    Instant now = time.now();
    synchronized (kept) {
      return Optional.ofNullable(kept.get(platform)).filter(known -> !known.isStale(now));
    }
  }

  /** What was verified once is verified again, now: a certificate may have ended meanwhile. */
  private Optional<VerifiedCollateral> stale(AmdPlatform platform) throws FailureException {
    Instant now = time.now();
    Optional<VerifiedCollateral> known;
    synchronized (kept) {
      known = Optional.ofNullable(kept.get(platform));
    }
    if (known.isEmpty() || !known.get().isUsableForWantOfNewer(limits.staleIfError(), now)) {
      return Optional.empty();
    }
    AmdCertification certification = known.get().certification();
    VerifiedChain again = verification.verify(certification, platform, now);
    return Optional.of(new VerifiedCollateral(certification, again, known.get().fetchedAt()));
  }

  private void keep(AmdPlatform platform, VerifiedCollateral fetched) {
    synchronized (kept) {
      kept.put(platform, fetched);
      while (kept.size() > limits.platforms()) {
        kept.remove(kept.keySet().iterator().next());
      }
    }
  }
}
