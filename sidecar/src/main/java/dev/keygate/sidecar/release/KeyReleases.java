package dev.keygate.sidecar.release;

import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.policy.PolicyDigest;
import dev.keygate.sidecar.attest.AttestedGuest;
import dev.keygate.sidecar.keyvault.ReleaseEnvelope;
import dev.keygate.sidecar.keyvault.ReleaseRequest;
import dev.keygate.sidecar.keyvault.VerifiedEnvelope;
import dev.keygate.sidecar.logkey.LogKeys;
import dev.keygate.sidecar.nonce.Nonce;
import dev.keygate.sidecar.parallel.Forked;
import dev.keygate.sidecar.secret.SecretBytes;
import dev.keygate.sidecar.trace.Span;
import dev.keygate.sidecar.trace.Step;
import dev.keygate.sidecar.unwrap.ReleasedKey;
import dev.keygate.sidecar.unwrap.WrappedKey;
import dev.keygate.time.TimeSource;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Has keys released to a guest that is attested: all at the same time, and the vault is asked once
 * for each key and version, however many names the pod has for it.
 *
 * @param ports vaults and sink
 * @param rules how releases are asked for and judged
 * @param random makes the nonces
 */
record KeyReleases(ReleasePorts ports, ReleaseRules rules, TimeSource time, SecureRandom random) {

  private static final Logger LOG = LoggerFactory.getLogger(KeyReleases.class);

  private static final long NANOS_PER_MILLI = 1_000_000;

  private record Exchanged(ReleaseRequest request, ReleaseEnvelope envelope) {}

  Map<KeyTarget, ReleaseOutcome> to(AttestedGuest guest, List<KeyTarget> targets)
      throws InterruptedException {
    Map<KeyTarget, ReleaseOutcome> outcomes = new LinkedHashMap<>();
    Map<KeyIdentifier, Forked<Exchanged>> asked = new LinkedHashMap<>();
    Map<KeyTarget, Forked<ReleaseOutcome>> underWay = new LinkedHashMap<>();
    for (KeyTarget target : targets) {
      try {
        requirePolicy(guest, target);
        Forked<Exchanged> answer =
            asked.computeIfAbsent(
                target.key(), key -> Forked.start("vault-" + target.name(), () -> ask(guest, key)));
        underWay.put(
            target, Forked.start("release-" + target.name(), () -> outcome(guest, target, answer)));
      } catch (RefusedException denied) {
        outcomes.put(target, ReleaseOutcome.of(target.name(), denied));
      }
    }
    try {
      for (Map.Entry<KeyTarget, Forked<ReleaseOutcome>> release : underWay.entrySet()) {
        outcomes.put(release.getKey(), release.getValue().join());
      }
      return outcomes;
    } catch (FailureException impossible) {
      throw new IllegalStateException("an outcome is never a failure", impossible);
    } finally {
      underWay.values().forEach(Forked::close);
      asked.values().forEach(Forked::close);
    }
  }

  private static void requirePolicy(AttestedGuest guest, KeyTarget target) throws RefusedException {
    if (target.policy().isPresent()) {
      LocalPolicy.require(target.policy().get(), guest.token());
    }
  }

  private Exchanged ask(AttestedGuest guest, KeyIdentifier key)
      throws FailureException, InterruptedException {
    return rules.retry().run(() -> askOnce(guest, key));
  }

  /** Each attempt has a nonce of its own. */
  private Exchanged askOnce(AttestedGuest guest, KeyIdentifier key)
      throws FailureException, InterruptedException {
    ReleaseRequest request = new ReleaseRequest(key, rules.encryption(), Nonce.fresh(random));
    return new Exchanged(request, ports.vaults().release(request, guest.token()));
  }

  private ReleaseOutcome outcome(AttestedGuest guest, KeyTarget target, Forked<Exchanged> asked)
      throws InterruptedException {
    try (Span span = ports.spans().begin(Step.KEY).with(LogKeys.NAME, target.name())) {
      ReleaseOutcome outcome = concluded(guest, target, asked);
      span.with(LogKeys.OUTCOME, OutcomeKind.of(outcome).outcome());
      switch (outcome) {
        case ReleaseOutcome.Released released -> span.with(LogKeys.KEY, released.key());
        case ReleaseOutcome.Refused refused -> span.failed(refused.reason());
        case ReleaseOutcome.Unavailable unavailable -> span.failed(unavailable.reason());
      }
      return outcome;
    }
  }

  private ReleaseOutcome concluded(AttestedGuest guest, KeyTarget target, Forked<Exchanged> asked)
      throws InterruptedException {
    long start = time.nanoTime();
    try {
      return release(guest, target, asked.join(), start);
    } catch (FailureException failure) {
      ReleaseOutcome outcome =
          ReleaseOutcome.of(target.name(), LocalPolicy.explained(failure, target));
      // What could not be written was released all the same, and has its record.
      if (failure.reason() != Reason.DeliveryFailed) {
        audit(guest, target, outcome, start)
            .addKeyValue(LogKeys.KEY, target.key())
            .log("Key not released");
      }
      return outcome;
    }
  }

  private ReleaseOutcome release(
      AttestedGuest guest, KeyTarget target, Exchanged answer, long start)
      throws FailureException, InterruptedException {
    VerifiedEnvelope verified =
        rules.envelopes().verify(answer.envelope(), answer.request(), time.now());
    ReleasedKey key = step(Step.UNWRAP, () -> unwrap(guest, verified));
    ReleaseOutcome outcome =
        new ReleaseOutcome.Released(target.name(), verified.key().identifier());
    audit(guest, target, outcome, start)
        .addKeyValue(LogKeys.KEY, verified.key().identifier())
        .addKeyValue(LogKeys.VAULT_REQUEST_ID, answer.envelope().requestId())
        .log("Key released");
    return step(
        Step.DELIVER,
        () -> {
          ports.sink().deliver(target.name(), key);
          return outcome;
        });
  }

  private <T> T step(Step step, Forked.Work<T> work) throws FailureException, InterruptedException {
    try (Span span = ports.spans().begin(step)) {
      try {
        return work.run();
      } catch (FailureException failure) {
        span.failed(failure.reason());
        throw failure;
      }
    }
  }

  private static ReleasedKey unwrap(AttestedGuest guest, VerifiedEnvelope verified)
      throws FailureException, InterruptedException {
    WrappedKey wrapped = verified.wrappedKey().splitAt(guest.transferKey().modulusBytes());
    try (SecretBytes aesKey =
        guest.transferKey().decrypt(wrapped.encryption(), wrapped.wrappedAesKey())) {
      return ReleasedKey.unwrap(verified.key(), wrapped, aesKey);
    }
  }

  /** What the record of any release says, whatever came of it. */
  private LoggingEventBuilder audit(
      AttestedGuest guest, KeyTarget target, ReleaseOutcome outcome, long start) {
    OutcomeKind kind = OutcomeKind.of(outcome);
    return LOG.atInfo()
        .addKeyValue(LogKeys.NAME, target.name())
        .addKeyValue(LogKeys.OUTCOME, kind.outcome())
        .addKeyValue(LogKeys.REASON, kind.reason())
        .addKeyValue(
            LogKeys.POLICY_DIGEST, target.policy().map(p -> PolicyDigest.of(p).value()).orElse("-"))
        .addKeyValue(LogKeys.TOKEN_ID_HASH, guest.token().idHash())
        .addKeyValue(LogKeys.AUTHORITY, guest.token().issuer())
        .addKeyValue(LogKeys.DURATION_MILLIS, (time.nanoTime() - start) / NANOS_PER_MILLI);
  }
}
