package dev.keygate.sidecar.release;

import dev.keygate.endpoint.AuthorityEndpoint;
import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;
import dev.keygate.sidecar.attest.AttestedGuest;
import dev.keygate.sidecar.attest.Attester;
import dev.keygate.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps an attestation for the next try where only the vault was not ready: a thousand pods that a
 * vault throttles then wait for the vault alone, and not for TPM, metadata service and authority
 * each time as well. Any other end, and ten minutes, end it.
 *
 * <pre>
 *   attest ──► in use ──► all released, refused, key lost ──► closed
 *                     └─► vault throttles or is away ──► kept ──► in use
 *                                                            └─► too old ──► closed
 * </pre>
 */
final class GuestKeeper implements AutoCloseable {

  /** Well within a token's eight hours: what it says of the machine is to be of now. */
  static final Duration LONGEST = Duration.ofMinutes(10);

  private static final Set<Reason> VAULT_IS_NOT_READY =
      Set.of(Reason.VaultThrottled, Reason.VaultUnavailable, Reason.IdentityUnavailable);

  private final Attester attester;
  private final TimeSource time;
  private Optional<Lent> kept = Optional.empty();

  /**
   * A guest in use.
   *
   * @param until it may be kept no longer than that
   */
  record Lent(AttestedGuest guest, Instant until) {}

  GuestKeeper(Attester attester, TimeSource time) {
    this.attester = attester;
    this.time = time;
  }

  /** The kept guest if one of these authorities attested it, else one attested now. */
  Lent take(List<AuthorityEndpoint> among) throws FailureException, InterruptedException {
    Optional<Lent> before = remove();
    if (before.isPresent()) {
      AttestedGuest guest = before.get().guest();
      if (time.now().isBefore(before.get().until()) && among.contains(guest.token().issuer())) {
        return before.get();
      }
      guest.close();
    }
    AttestedGuest guest = attester.attest(among);
    Instant longest = time.now().plus(LONGEST);
    Instant expiresAt = guest.token().expiresAt();
    return new Lent(guest, longest.isBefore(expiresAt) ? longest : expiresAt);
  }

  /** Takes a guest back after use, to keep or to close it. */
  void giveBack(Lent lent, Collection<ReleaseOutcome> outcomes) {
    boolean isKept =
        outcomes.stream().anyMatch(GuestKeeper::waitsForTheVault)
            && outcomes.stream().noneMatch(GuestKeeper::isOfLostKey);
    if (isKept) {
      keep(lent);
    } else {
      lent.guest().close();
    }
  }

  private static boolean waitsForTheVault(ReleaseOutcome outcome) {
    return outcome instanceof ReleaseOutcome.Unavailable unavailable
        && VAULT_IS_NOT_READY.contains(unavailable.reason());
  }

  /** Whether the transfer key cannot be used any more: its PCRs moved, or its TPM started anew. */
  static boolean isOfLostKey(ReleaseOutcome outcome) {
    return outcome instanceof ReleaseOutcome.Unavailable unavailable
        && (unavailable.reason() == Reason.PcrsMoved
            || unavailable.reason() == Reason.TpmUnavailable);
  }

  private synchronized void keep(Lent guest) {
    kept.ifPresent(other -> other.guest().close());
    kept = Optional.of(guest);
  }

  private synchronized Optional<Lent> remove() {
    Optional<Lent> before = kept;
    kept = Optional.empty();
    return before;
  }

  @Override
  public void close() {
    remove().ifPresent(guest -> guest.guest().close());
  }
}
