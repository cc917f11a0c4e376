package dev.keygate.sidecar.release;

import dev.keygate.contract.GrantedVersion;
import dev.keygate.contract.VersionState;
import dev.keygate.failure.FailureException;
import dev.keygate.sidecar.delivery.KeySink;
import dev.keygate.sidecar.logkey.LogKeys;
import dev.keygate.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
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
 *         │                                       ├─► denied, and held: the vault has the last word
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
  private final HeldKeys held;
  private final Withdrawals withdrawals;

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
    this.held = new HeldKeys(sink);
    this.withdrawals = new Withdrawals(flow, held);
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
    Map<KeyTarget, ReleaseOutcome> outcomes = release(due.values());
    for (KeyPlan plan : due.values()) {
      conclude(plan, withdrawals.decide(plan, ofKey(plan.pin().name(), outcomes)));
    }
  }

  private Optional<KeyPlan> duePlan(KeyPin pin) {
    try {
      KeyPlan plan = plans.plan(pin);
      KeyProgress before = progress.get(pin.name());
      long now = timing.time().nanoTime();
      if (before != null && !before.plan().equals(plan) && held.isPatient(plan)) {
        before =
            before.firstTry(plan, RetryDecider.spread(plan.fetchWithin(), timing.random()), now);
        progress.put(pin.name(), before);
      }
      boolean isDue = before == null || before.isDue(plan, now);
      return isDue ? Optional.of(plan) : Optional.empty();
    } catch (FailureException noPlan) {
      post(ReleaseOutcome.of(pin.name(), noPlan));
      return Optional.empty();
    }
  }

  private Map<KeyTarget, ReleaseOutcome> release(Collection<KeyPlan> due)
      throws InterruptedException {
    List<KeyTarget> targets = due.stream().flatMap(plan -> held.unproven(plan).stream()).toList();
    Map<KeyTarget, ReleaseOutcome> outcomes = new LinkedHashMap<>();
    List<ReleaseOutcome> released = targets.isEmpty() ? List.of() : flow.release(targets);
    for (int i = 0; i < targets.size(); i++) {
      outcomes.put(targets.get(i), released.get(i));
    }
    return outcomes;
  }

  private static Map<KeyTarget, ReleaseOutcome> ofKey(
      String name, Map<KeyTarget, ReleaseOutcome> outcomes) {
    Map<KeyTarget, ReleaseOutcome> ofKey = new LinkedHashMap<>(outcomes);
    ofKey.keySet().removeIf(target -> !target.name().equals(name));
    return ofKey;
  }

  private void conclude(KeyPlan plan, Map<KeyTarget, ReleaseOutcome> decided) {
    String name = plan.pin().name();
    List<ReleaseOutcome> outcomes = new ArrayList<>(decided.values());
    held.note(decided);
    settle(name, settled(plan, outcomes)).ifPresent(outcomes::add);
    held.forgetGone(name);
    Optional<ReleaseOutcome> verdict =
        outcomes.stream()
            .filter(outcome -> !(outcome instanceof ReleaseOutcome.Released))
            .findFirst()
            .or(() -> outcomes.stream().findFirst());
    verdict.ifPresentOrElse(this::post, () -> board.forget(name));
    progress.put(name, new KeyProgress(plan, retry(plan, outcomes), timing.time().nanoTime()));
  }

  /** What time may cure is tried again soon, whatever else has to wait for a change. */
  private RetryDecision retry(KeyPlan plan, List<ReleaseOutcome> outcomes) {
    KeyProgress before = progress.get(plan.pin().name());
    Duration previous = before == null ? RetryDecider.SHORTEST : before.pause();
    return outcomes.stream()
        .min(Comparator.comparing(ReleaseLoop::urgency))
        .map(outcome -> RetryDecider.decide(outcome, plan, previous, timing.random()))
        .orElseGet(RetryDecision.AwaitChange::new);
  }

  private static int urgency(ReleaseOutcome outcome) {
    return switch (outcome) {
      case ReleaseOutcome.Unavailable _ -> 0;
      case ReleaseOutcome.Refused refused -> RetryDecider.isDenial(refused) ? 2 : 1;
      case ReleaseOutcome.Released _ -> 3;
    };
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
