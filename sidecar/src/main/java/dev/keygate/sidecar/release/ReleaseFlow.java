package dev.keygate.sidecar.release;

import dev.keygate.azure.identity.Audience;
import dev.keygate.azure.identity.BearerToken;
import dev.keygate.failure.FailureException;
import dev.keygate.policy.PolicyDigest;
import dev.keygate.sidecar.attest.AttestedGuest;
import dev.keygate.sidecar.keyvault.ReleaseEnvelope;
import dev.keygate.sidecar.keyvault.ReleaseRequest;
import dev.keygate.sidecar.keyvault.VerifiedEnvelope;
import dev.keygate.sidecar.nonce.Nonce;
import dev.keygate.sidecar.parallel.Forked;
import dev.keygate.sidecar.secret.SecretBytes;
import dev.keygate.sidecar.unwrap.ReleasedKey;
import dev.keygate.sidecar.unwrap.WrappedKey;
import dev.keygate.time.TimeSource;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Releases keys: one attestation for all of them, then each on its own, at the same time. What
 * fails for one key does not keep the others.
 */
public final class ReleaseFlow {

  private static final Logger LOG = LoggerFactory.getLogger(ReleaseFlow.class);

  private final ReleasePorts ports;
  private final ReleaseRules rules;
  private final TimeSource time;
  private final SecureRandom random;

  /**
   * @param random makes the nonces
   */
  public ReleaseFlow(ReleasePorts ports, ReleaseRules rules, TimeSource time, SecureRandom random) {
    this.ports = ports;
    this.rules = rules;
    this.time = time;
    this.random = random;
  }

  /** Tries every target once; the outcomes are in the order of the targets. */
  public List<ReleaseOutcome> release(List<KeyTarget> targets) throws InterruptedException {
    List<Forked<BearerToken>> prefetched = prefetchVaultTokens(targets);
    try (AttestedGuest guest = ports.attester().attest()) {
      return releaseTo(guest, targets);
    } catch (FailureException failure) {
      return targets.stream().map(t -> ReleaseOutcome.of(t.name(), failure)).toList();
    } finally {
      prefetched.forEach(Forked::close);
    }
  }

  /** Its failures come back when the token is used. */
  private List<Forked<BearerToken>> prefetchVaultTokens(List<KeyTarget> targets) {
    return targets.stream()
        .map(target -> Audience.of(target.key().vault()))
        .distinct()
        .map(a -> Forked.start("vault-token", () -> ports.vaultTokens().token(a)))
        .toList();
  }

  private List<ReleaseOutcome> releaseTo(AttestedGuest guest, List<KeyTarget> targets)
      throws InterruptedException {
    List<Forked<ReleaseOutcome>> underWay =
        targets.stream()
            .map(t -> Forked.start("release-" + t.name(), () -> outcome(guest, t)))
            .toList();
    try {
      List<ReleaseOutcome> outcomes = new ArrayList<>();
      for (Forked<ReleaseOutcome> release : underWay) {
        outcomes.add(release.join());
      }
      return List.copyOf(outcomes);
    } catch (FailureException impossible) {
      throw new IllegalStateException("an outcome is never a failure", impossible);
    } finally {
      underWay.forEach(Forked::close);
    }
  }

  private ReleaseOutcome outcome(AttestedGuest guest, KeyTarget target)
      throws InterruptedException {
    try {
      return release(guest, target);
    } catch (FailureException failure) {
      return ReleaseOutcome.of(target.name(), failure);
    }
  }

  private ReleaseOutcome release(AttestedGuest guest, KeyTarget target)
      throws FailureException, InterruptedException {
    if (target.policy().isPresent()) {
      LocalPolicy.require(target.policy().get(), guest.token());
    }
    Exchanged answer = rules.retry().run(() -> ask(guest, target));
    VerifiedEnvelope verified =
        rules.envelopes().verify(answer.envelope(), answer.request(), time.now());
    ReleasedKey key = unwrap(guest, verified);
    audit(guest, target, answer.envelope(), verified);
    ports.sink().deliver(target.name(), key);
    return new ReleaseOutcome.Released(target.name(), verified.key().identifier());
  }

  private record Exchanged(ReleaseRequest request, ReleaseEnvelope envelope) {}

  /** Each attempt has a nonce of its own. */
  private Exchanged ask(AttestedGuest guest, KeyTarget target)
      throws FailureException, InterruptedException {
    ReleaseRequest request =
        new ReleaseRequest(target.key(), rules.encryption(), Nonce.fresh(random));
    return new Exchanged(request, ports.vaults().release(request, guest.token()));
  }

  private static ReleasedKey unwrap(AttestedGuest guest, VerifiedEnvelope verified)
      throws FailureException, InterruptedException {
    WrappedKey wrapped = verified.wrappedKey().splitAt(guest.transferKey().modulusBytes());
    try (SecretBytes aesKey =
        guest.transferKey().decrypt(wrapped.encryption(), wrapped.wrappedAesKey())) {
      return ReleasedKey.unwrap(verified.key(), wrapped, aesKey);
    }
  }

  private static void audit(
      AttestedGuest guest, KeyTarget target, ReleaseEnvelope envelope, VerifiedEnvelope verified) {
    LOG.atInfo()
        .addKeyValue(LogKeys.KEY, verified.key().identifier())
        .addKeyValue(
            LogKeys.POLICY_DIGEST, target.policy().map(p -> PolicyDigest.of(p).value()).orElse("-"))
        .addKeyValue(LogKeys.TOKEN_ID_HASH, guest.token().idHash())
        .addKeyValue(LogKeys.AUTHORITY, guest.token().issuer())
        .addKeyValue(LogKeys.VAULT_REQUEST_ID, envelope.requestId())
        .log("Key released");
  }
}
