package dev.keygate.sidecar.release;

import dev.keygate.azure.identity.Audience;
import dev.keygate.azure.identity.BearerToken;
import dev.keygate.endpoint.AuthorityEndpoint;
import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;
import dev.keygate.sidecar.logkey.LogKeys;
import dev.keygate.sidecar.parallel.Forked;
import dev.keygate.sidecar.trace.Step;
import dev.keygate.time.TimeSource;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Releases keys: one attestation for all of them, then each on its own, at the same time. What
 * fails for one key does not keep the others.
 *
 * <pre>
 *   vault's access token ───────────────────────────┐
 *   report ─► collateral ─┐                         ├─► release ─► verify ─► unwrap ─► deliver
 *          └► quote, key ─┴► authority ─► token ────┘   (each key)
 * </pre>
 *
 * One call of {@link #release} at a time.
 */
public final class ReleaseFlow implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ReleaseFlow.class);

  private final ReleasePorts ports;
  private final GuestKeeper guests;
  private final KeyReleases releases;

  /**
   * @param random makes the nonces
   */
  public ReleaseFlow(ReleasePorts ports, ReleaseRules rules, TimeSource time, SecureRandom random) {
    this.ports = ports;
    this.guests = new GuestKeeper(ports.attester(), time);
    this.releases = new KeyReleases(ports, rules, time, random);
  }

  /**
   * Tries every target once; the outcomes are in the order of the targets. Where an authority does
   * not answer, the next one that the key's policy names is asked; where the transfer key can be
   * used no more, the machine is attested once more.
   */
  public List<ReleaseOutcome> release(List<KeyTarget> targets) throws InterruptedException {
    try (var _ = ports.spans().begin(Step.ROUND)) {
      return releaseAll(targets);
    }
  }

  private List<ReleaseOutcome> releaseAll(List<KeyTarget> targets) throws InterruptedException {
    List<Forked<BearerToken>> prefetched = prefetchVaultTokens(targets);
    try {
      Map<KeyTarget, ReleaseOutcome> outcomes =
          releaseAmong(targets, ports.attester().authorities());
      return targets.stream().map(target -> Objects.requireNonNull(outcomes.get(target))).toList();
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

  private Map<KeyTarget, ReleaseOutcome> releaseAmong(
      List<KeyTarget> targets, List<AuthorityEndpoint> askable) throws InterruptedException {
    Map<KeyTarget, ReleaseOutcome> outcomes = new LinkedHashMap<>();
    for (AuthorityChoice choice : AuthorityChoice.of(targets, askable)) {
      Map<KeyTarget, ReleaseOutcome> first =
          choice.authorities().isEmpty() ? nobodyToAsk(choice) : releaseTwice(choice);
      outcomes.putAll(first);
      // An authority that was left out because other keys' policies do not name it.
      List<AuthorityEndpoint> leftOut =
          askable.stream().filter(a -> !choice.authorities().contains(a)).toList();
      List<KeyTarget> others =
          those(first, ReleaseFlow::isSilence).stream()
              .filter(t -> AuthorityChoice.names(t, leftOut))
              .toList();
      if (!others.isEmpty()) {
        outcomes.putAll(releaseAmong(others, leftOut));
      }
    }
    return outcomes;
  }

  private Map<KeyTarget, ReleaseOutcome> releaseTwice(AuthorityChoice choice)
      throws InterruptedException {
    Map<KeyTarget, ReleaseOutcome> outcomes = new LinkedHashMap<>(releaseOnce(choice));
    List<KeyTarget> lost = those(outcomes, GuestKeeper::isOfLostKey);
    if (!lost.isEmpty()) {
      LOG.atWarn()
          .addKeyValue(LogKeys.NAME, lost.getFirst().name())
          .log("The transfer key can be used no more; the machine is attested once more");
      outcomes.putAll(releaseOnce(new AuthorityChoice(choice.authorities(), lost)));
    }
    return outcomes;
  }

  private Map<KeyTarget, ReleaseOutcome> releaseOnce(AuthorityChoice choice)
      throws InterruptedException {
    GuestKeeper.Lent lent;
    try {
      lent = guests.take(choice.authorities());
    } catch (FailureException failure) {
      return all(choice, failure);
    }
    Map<KeyTarget, ReleaseOutcome> outcomes = Map.of();
    try {
      outcomes = releases.to(lent.guest(), choice.targets());
      return outcomes;
    } finally {
      guests.giveBack(lent, outcomes.values());
    }
  }

  /**
   * What the vaults say of keys, whatever policy is known here and whichever pinned authority
   * vouches for this machine: released if one authority's token opened the key, denied if none did,
   * else what kept it from being known. The outcomes are in the order of the targets.
   */
  List<ReleaseOutcome> askVaults(List<KeyTarget> targets) throws InterruptedException {
    try (var _ = ports.spans().begin(Step.ROUND)) {
      return askEveryAuthority(targets);
    }
  }

  private List<ReleaseOutcome> askEveryAuthority(List<KeyTarget> targets)
      throws InterruptedException {
    List<KeyTarget> asked = targets.stream().map(KeyTarget::withoutPolicy).toList();
    Map<KeyTarget, ReleaseOutcome> verdicts = new LinkedHashMap<>();
    List<KeyTarget> open = asked;
    for (AuthorityEndpoint authority : ports.attester().authorities()) {
      if (!open.isEmpty()) {
        releaseTwice(new AuthorityChoice(List.of(authority), open))
            .forEach((target, answer) -> verdicts.merge(target, answer, ReleaseFlow::weightier));
        open = those(verdicts, verdict -> !(verdict instanceof ReleaseOutcome.Released));
      }
    }
    return asked.stream().map(target -> Objects.requireNonNull(verdicts.get(target))).toList();
  }

  /** A release outweighs everything, and a doubt outweighs a denial. */
  private static ReleaseOutcome weightier(ReleaseOutcome before, ReleaseOutcome after) {
    return after instanceof ReleaseOutcome.Released || isDenialOfVault(before) ? after : before;
  }

  /** Whether the vault itself evaluated its policy and denied. */
  static boolean isDenialOfVault(ReleaseOutcome outcome) {
    return outcome instanceof ReleaseOutcome.Refused refused
        && refused.reason() == Reason.ReleaseDenied;
  }

  private static Map<KeyTarget, ReleaseOutcome> nobodyToAsk(AuthorityChoice choice) {
    Map<KeyTarget, ReleaseOutcome> outcomes = new LinkedHashMap<>();
    for (KeyTarget target : choice.targets()) {
      outcomes.put(target, ReleaseOutcome.of(target.name(), LocalPolicy.noAuthority(target)));
    }
    return outcomes;
  }

  private static Map<KeyTarget, ReleaseOutcome> all(
      AuthorityChoice choice, FailureException failure) {
    Map<KeyTarget, ReleaseOutcome> outcomes = new LinkedHashMap<>();
    choice.targets().forEach(t -> outcomes.put(t, ReleaseOutcome.of(t.name(), failure)));
    return outcomes;
  }

  private static List<KeyTarget> those(
      Map<KeyTarget, ReleaseOutcome> outcomes, Predicate<ReleaseOutcome> are) {
    return outcomes.entrySet().stream()
        .filter(entry -> are.test(entry.getValue()))
        .map(Map.Entry::getKey)
        .collect(Collectors.toList());
  }

  private static boolean isSilence(ReleaseOutcome outcome) {
    return outcome instanceof ReleaseOutcome.Unavailable unavailable
        && unavailable.reason() == Reason.AttestationUnavailable;
  }

  /** Forgets the attestation that is kept for the next try, if one is. */
  @Override
  public void close() {
    guests.close();
  }
}
