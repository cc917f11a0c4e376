package dev.keygate.sidecar.release;

import dev.keygate.failure.FailureException;
import dev.keygate.sidecar.logkey.LogKeys;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the last word spoken on what is held and seems denied: by the vault.
 *
 * <pre>
 *   held, denied ──► ask the vault ──► denied whichever authority vouches ──► wipe
 *                                  ├─► released ──► keep, and warn: the grant is wrong
 *                                  └─► no answer ──► keep, ask again
 * </pre>
 */
record Withdrawals(ReleaseFlow flow, HeldKeys held) {

  private static final Logger LOG = LoggerFactory.getLogger(Withdrawals.class);

  /** The outcomes of a plan's releases, after the vault was asked about those in doubt. */
  Map<KeyTarget, ReleaseOutcome> decide(KeyPlan plan, Map<KeyTarget, ReleaseOutcome> outcomes)
      throws InterruptedException {
    Map<KeyTarget, ReleaseOutcome> decided = new LinkedHashMap<>(outcomes);
    List<KeyTarget> doubtful = doubtful(plan, decided);
    List<ReleaseOutcome> verdicts = flow.askVaults(doubtful);
    for (int i = 0; i < doubtful.size(); i++) {
      KeyTarget target = doubtful.get(i);
      ReleaseOutcome verdict = verdicts.get(i);
      if (ReleaseFlow.isDenialOfVault(verdict)) {
        withdraw(target, decided);
      } else {
        warnOfContradiction(target, verdict);
        decided.put(target, verdict);
      }
    }
    return decided;
  }

  private List<KeyTarget> doubtful(KeyPlan plan, Map<KeyTarget, ReleaseOutcome> decided) {
    try {
      return held.doubtful(plan, decided);
    } catch (FailureException unknown) {
      plan.targets().stream()
          .findFirst()
          .ifPresent(t -> decided.put(t, ReleaseOutcome.of(t.name(), unknown)));
      return List.of();
    }
  }

  /** The outcome stays the denial, which says why. */
  private void withdraw(KeyTarget target, Map<KeyTarget, ReleaseOutcome> decided) {
    try {
      held.withdraw(target);
    } catch (FailureException stillThere) {
      decided.put(target, ReleaseOutcome.of(target.name(), stillThere));
    }
  }

  private static void warnOfContradiction(KeyTarget target, ReleaseOutcome verdict) {
    if (verdict instanceof ReleaseOutcome.Released) {
      LOG.atWarn()
          .addKeyValue(LogKeys.NAME, target.name())
          .addKeyValue(LogKeys.KEY, target.key())
          .log("The grant's policy denies this machine what the vault releases to it");
    }
  }
}
