package dev.keygate.sidecar.release;

import dev.keygate.contract.GrantedVersion;
import dev.keygate.contract.VersionState;
import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.endpoint.KeyVersion;
import dev.keygate.failure.FailureException;
import dev.keygate.sidecar.delivery.KeySink;
import dev.keygate.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps every pinned key released: looks at the grants, releases what is due, decides when to try
 * again, and so on until its thread is interrupted.
 *
 * <pre>
 *   grant unreadable, none before ──► nothing held, looked at again at the next poll
 *   plan is new, or its pause is over ──► release ──► delivered: wait for a new plan
 *         │                                       ├─► denied under a new policy: wipe what is held
 *         │                                       └─► failed: wait for pause or new plan
 *         └─► only adds a version to one that is served ──► at a moment within the grant's time
 * </pre>
 */
public final class ReleaseLoop {

  private static final Logger LOG = LoggerFactory.getLogger(ReleaseLoop.class);

  private final ReleaseFlow flow;
  private final KeyPlans plans;
  private final KeySink sink;
  private final OutcomeBoard board;
  private final LoopTiming timing;
  private final Map<String, KeyProgress> progress = new HashMap<>();
  private final ReleasedPolicies released = new ReleasedPolicies();

  /**
   * When the loop looks, waits and tries again.
   *
   * @param pollInterval how often grants are looked at
   */
  public record LoopTiming(TimeSource time, RandomGenerator random, Duration pollInterval) {}

  /**
   * What the loop reads and where its results go.
   *
   * @param plans made of pins and grants
   * @param sink the one that the flow delivers to
   * @param board where outcomes are posted
   */
  public record LoopEnds(KeyPlans plans, KeySink sink, OutcomeBoard board) {}

  /** A loop around a flow. */
  public ReleaseLoop(ReleaseFlow flow, LoopEnds ends, LoopTiming timing) {
    this.flow = flow;
    this.plans = ends.plans();
    this.sink = ends.sink();
    this.board = ends.board();
    this.timing = timing;
  }

  /** Runs until the thread is interrupted. */
  public void run(List<KeyPin> pins) {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        round(pins);
        timing.time().sleep(pause());
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      flow.close();
    }
  }

  /** One look at the grants, and the releases that are due. */
  void round(List<KeyPin> pins) throws InterruptedException {
    Map<String, KeyPlan> due = new LinkedHashMap<>();
    for (KeyPin pin : pins) {
      duePlan(pin).ifPresent(plan -> due.put(pin.name(), plan));
    }
    if (due.isEmpty()) {
      return;
    }
    // What is here already need not wait for a release; what fails is tried again after it.
    due.forEach((name, plan) -> settle(name, plan.granted()));
    Map<String, List<ReleaseOutcome>> outcomes = release(due);
    due.forEach((name, plan) -> conclude(plan, outcomes.getOrDefault(name, List.of())));
  }

  private Optional<KeyPlan> duePlan(KeyPin pin) {
    try {
      KeyPlan plan = plans.plan(pin);
      KeyProgress before = progress.get(pin.name());
      long now = timing.time().nanoTime();
      if (before == null || !before.isDue(plan, now)) {
        return before == null ? Optional.of(plan) : Optional.empty();
      }
      if (!plan.equals(before.plan()) && isPatient(plan)) {
        RetryDecision later = RetryDecider.spread(plan.fetchWithin(), timing.random());
        progress.put(pin.name(), new KeyProgress(plan, later, now));
        return Optional.empty();
      }
      return Optional.of(plan);
    } catch (FailureException noPlan) {
      post(ReleaseOutcome.of(pin.name(), noPlan));
      return Optional.empty();
    }
  }

  /** Whether all that is new is a version beside one that is served. */
  private boolean isPatient(KeyPlan plan) {
    String name = plan.pin().name();
    return plan.fetchWithin().isPositive()
        && sink.serves(name)
        && !released.isOutdated(name, plan.policy())
        && !missing(plan).isEmpty();
  }

  private Map<String, List<ReleaseOutcome>> release(Map<String, KeyPlan> due)
      throws InterruptedException {
    List<KeyTarget> targets = new ArrayList<>();
    due.values().forEach(plan -> targets.addAll(missing(plan)));
    Map<String, List<ReleaseOutcome>> outcomes = new HashMap<>();
    if (!targets.isEmpty()) {
      for (ReleaseOutcome outcome : flow.release(targets)) {
        outcomes.computeIfAbsent(outcome.name(), _ -> new ArrayList<>()).add(outcome);
      }
    }
    return outcomes;
  }

  private List<KeyTarget> missing(KeyPlan plan) {
    return plan.targets().stream()
        .filter(t -> t.key().version().filter(v -> isSettled(t, v)).isEmpty())
        .toList();
  }

  private boolean isSettled(KeyTarget target, KeyVersion version) {
    return sink.has(target.name(), version)
        && released.isReleasedUnder(target.name(), version, target.policy());
  }

  private void conclude(KeyPlan plan, List<ReleaseOutcome> outcomes) {
    Optional<ReleaseOutcome> unsettled = settle(plan, outcomes);
    // First what was not settled: a denied key that could not be wiped is to be wiped soon.
    Optional<ReleaseOutcome> worst =
        unsettled.or(
            () ->
                outcomes.stream()
                    .filter(outcome -> !(outcome instanceof ReleaseOutcome.Released))
                    .findFirst());
    Optional<ReleaseOutcome> verdict = worst.or(() -> outcomes.stream().findFirst());
    KeyProgress before = progress.get(plan.pin().name());
    Duration previous = before == null ? RetryDecider.SHORTEST : before.pause();
    RetryDecision decision =
        verdict
            .map(o -> RetryDecider.decide(o, plan, previous, timing.random()))
            .orElseGet(RetryDecision.AwaitChange::new);
    verdict.ifPresentOrElse(this::post, () -> board.forget(plan.pin().name()));
    progress.put(plan.pin().name(), new KeyProgress(plan, decision, timing.time().nanoTime()));
  }

  /** A key that a new policy denies to this machine is kept no longer. */
  private Optional<ReleaseOutcome> settle(KeyPlan plan, List<ReleaseOutcome> outcomes) {
    String name = plan.pin().name();
    boolean isRevoked =
        outcomes.stream().anyMatch(RetryDecider::isDenial)
            && released.isOutdated(name, plan.policy());
    if (!isRevoked) {
      noteReleases(plan, outcomes);
      Optional<ReleaseOutcome> unsettled = settle(name, settled(plan, outcomes));
      released.retain(name, version -> sink.has(name, version));
      return unsettled;
    }
    try {
      sink.withdraw(name);
      released.forget(name);
      LOG.atWarn().addKeyValue(LogKeys.NAME, name).log("Key withdrawn: its new policy denies it");
      return Optional.empty();
    } catch (FailureException failure) {
      return Optional.of(ReleaseOutcome.of(name, failure));
    }
  }

  private void noteReleases(KeyPlan plan, List<ReleaseOutcome> outcomes) {
    for (ReleaseOutcome outcome : outcomes) {
      if (outcome instanceof ReleaseOutcome.Released(String name, KeyIdentifier key)) {
        released.put(name, key.version().orElseThrow(), plan.policy());
      }
    }
  }

  private Optional<ReleaseOutcome> settle(String name, List<GrantedVersion> granted) {
    try {
      sink.settle(name, granted);
      return Optional.empty();
    } catch (FailureException failure) {
      return Optional.of(ReleaseOutcome.of(name, failure));
    }
  }

  /** Without a grant the version that came is the current one. */
  private static List<GrantedVersion> settled(KeyPlan plan, List<ReleaseOutcome> outcomes) {
    if (plan.isGranted()) {
      return plan.granted();
    }
    return outcomes.stream()
        .filter(ReleaseOutcome.Released.class::isInstance)
        .map(ReleaseOutcome.Released.class::cast)
        .map(r -> new GrantedVersion(r.key().version().orElseThrow(), VersionState.Current))
        .toList();
  }

  private Duration pause() {
    long now = timing.time().nanoTime();
    Duration pause = timing.pollInterval();
    for (KeyProgress key : progress.values()) {
      Duration left = key.remaining(now).orElse(pause);
      if (left.compareTo(pause) < 0) {
        pause = left;
      }
    }
    return pause;
  }

  private void post(ReleaseOutcome outcome) {
    Optional<ReleaseOutcome> before = board.post(outcome);
    if (before.isPresent() && before.get().equals(outcome)) {
      return;
    }
    switch (outcome) {
      case ReleaseOutcome.Released _ -> {
        // The flow has written the audit record.
      }
      case ReleaseOutcome.Refused refused ->
          warn("Key refused", refused.name(), refused.reason().name(), refused.message());
      case ReleaseOutcome.Unavailable unavailable ->
          warn(
              "Key not available yet",
              unavailable.name(),
              unavailable.reason().name(),
              unavailable.message());
    }
  }

  private static void warn(String what, String name, String reason, String message) {
    LOG.atWarn()
        .addKeyValue(LogKeys.NAME, name)
        .addKeyValue(LogKeys.REASON, reason)
        .addKeyValue(LogKeys.MESSAGE, message)
        .log(what);
  }
}
