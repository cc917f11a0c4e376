package dev.keygate.sidecar.release;

import dev.keygate.contract.GrantedVersion;
import dev.keygate.contract.VersionState;
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
 *                                                 └─► failed: wait for pause or new plan
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
      boolean isDue = before == null || before.isDue(plan, timing.time().nanoTime());
      return isDue ? Optional.of(plan) : Optional.empty();
    } catch (FailureException noPlan) {
      post(ReleaseOutcome.of(pin.name(), noPlan));
      return Optional.empty();
    }
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
        .filter(t -> t.key().version().filter(v -> sink.has(t.name(), v)).isEmpty())
        .toList();
  }

  private void conclude(KeyPlan plan, List<ReleaseOutcome> outcomes) {
    Optional<ReleaseOutcome> unsettled = settle(plan.pin().name(), settled(plan, outcomes));
    Optional<ReleaseOutcome> worst =
        outcomes.stream()
            .filter(outcome -> !(outcome instanceof ReleaseOutcome.Released))
            .findFirst()
            .or(() -> unsettled);
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
