package dev.keygate.operator.exportablekey;

import dev.keygate.api.v1alpha1.ExportableKeyStatus;
import dev.keygate.condition.Condition;
import dev.keygate.condition.ConditionReason;
import dev.keygate.condition.ConditionStatus;
import dev.keygate.condition.ConditionType;
import dev.keygate.condition.Conditions;
import dev.keygate.failure.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What every status obeys, whatever led to it: the conventions of the Kubernetes API, and what
 * kstatus reads out of a status. Each rule that is broken is a sentence.
 */
final class StatusRules {

  /** What kstatus makes of a status. */
  enum Verdict {
    IN_PROGRESS,
    FAILED,
    CURRENT
  }

  private static final Set<String> REASONS =
      Stream.concat(
              Arrays.stream(Reason.values()).map(Enum::name),
              Arrays.stream(ConditionReason.values()).map(Enum::name))
          .collect(Collectors.toUnmodifiableSet());

  private static final Set<String> ALWAYS =
      Set.of("ResolvedRefs", "Authorized", "Provisioned", "PolicyInSync", "Ready");

  private final List<String> broken = new ArrayList<>();

  private StatusRules() {}

  /**
   * Rules that a status breaks.
   *
   * @param before the one that it replaces; without conditions if there was none
   * @param generation of the object in the API server
   */
  static List<String> broken(
      ExportableKeyStatus before, ExportableKeyStatus after, long generation) {
    StatusRules rules = new StatusRules();
    rules.checkWhole(before, after, generation);
    after.conditions().forEach(condition -> rules.checkOne(before, condition, after));
    rules.checkReady(before, after);
    return rules.broken;
  }

  /** What kstatus says of an object that is not being deleted. */
  static Verdict verdict(ExportableKeyStatus status, long generation) {
    Long observed = status.observedGeneration();
    if (observed == null || observed != generation) {
      return Verdict.IN_PROGRESS;
    }
    if (Conditions.isTrue(status.conditions(), ConditionType.Stalled)) {
      return Verdict.FAILED;
    }
    return Conditions.isTrue(status.conditions(), ConditionType.Reconciling)
            || !Conditions.isTrue(status.conditions(), ConditionType.Ready)
        ? Verdict.IN_PROGRESS
        : Verdict.CURRENT;
  }

  private void checkWhole(ExportableKeyStatus before, ExportableKeyStatus after, long generation) {
    Long observed = after.observedGeneration();
    rule(observed != null && observed <= generation, "observedGeneration is of no spec yet");
    rule(
        observed == null
            || before.observedGeneration() == null
            || before.observedGeneration() <= observed,
        "observedGeneration goes back");
    List<String> types = after.conditions().stream().map(Condition::type).toList();
    rule(types.size() == Set.copyOf(types).size(), "two conditions of one type: " + types);
    rule(types.containsAll(ALWAYS), "a condition is missing: " + types);
    rule(
        !(types.contains("Stalled") && types.contains("Reconciling")),
        "both Stalled and Reconciling");
    rule(!after.equals(before), "a status is written that changes nothing");
  }

  private void checkOne(ExportableKeyStatus before, Condition now, ExportableKeyStatus after) {
    String name = now.type();
    rule(
        ALWAYS.contains(name) || now.status() == ConditionStatus.True,
        name + " is there though it is not true");
    rule(REASONS.contains(now.reason()), name + " has an unknown reason " + now.reason());
    rule(!now.message().isBlank(), name + " has no message");
    rule(
        after.observedGeneration() != null
            && now.observedGeneration() <= after.observedGeneration(),
        name + " is of a later generation than the status");
    Optional<Condition> earlier =
        before.conditions().stream().filter(c -> c.type().equals(name)).findFirst();
    if (earlier.isPresent() && earlier.get().status() == now.status()) {
      rule(
          earlier.get().lastTransitionTime().equals(now.lastTransitionTime()),
          name + " has another transition time without a transition");
    }
  }

  private void checkReady(ExportableKeyStatus before, ExportableKeyStatus after) {
    Optional<Condition> ready = Conditions.find(after.conditions(), ConditionType.Ready);
    Optional<Condition> stalled = Conditions.find(after.conditions(), ConditionType.Stalled);
    boolean isReady = Conditions.isTrue(after.conditions(), ConditionType.Ready);
    boolean isReconciling = Conditions.isTrue(after.conditions(), ConditionType.Reconciling);
    rule(!isReady || stalled.isEmpty(), "Ready and Stalled");
    if (stalled.isPresent() && ready.isPresent()) {
      rule(
          stalled.get().reason().equals(ready.get().reason()),
          "Ready does not say why it is Stalled");
    }
    if (Conditions.isTrue(before.conditions(), ConditionType.Ready)) {
      rule(
          !isReconciling || isReady,
          "Ready flaps: " + ready.map(Condition::reason).orElse("") + " while it is tried again");
    }
    boolean isSettled = stalled.isEmpty() && !isReconciling;
    rule(!isSettled || isReady, "not Ready, and neither Stalled nor Reconciling says why");
    if (isReady && isSettled) {
      rule(
          after.conditions().stream()
              .filter(c -> ALWAYS.contains(c.type()))
              .allMatch(
                  c ->
                      c.status() == ConditionStatus.True
                          && Long.valueOf(c.observedGeneration())
                              .equals(after.observedGeneration())),
          "Ready although something else is not true of this generation");
    }
  }

  private void rule(boolean holds, String sentence) {
    if (!holds) {
      broken.add(sentence);
    }
  }
}
