package dev.keygate.operator.reference;

import dev.keygate.condition.Condition;
import dev.keygate.condition.ConditionReason;
import dev.keygate.condition.ConditionType;
import dev.keygate.condition.Conditions;
import dev.keygate.condition.Finding;
import dev.keygate.failure.Reason;
import dev.keygate.operator.event.Transition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** When Events are written, and of which type: what the code says of every kind of transition. */
final class EventsPage {

  private EventsPage() {}

  static String write() {
    return new Page("Events")
        .text(
            "The operator writes an Event into the object's namespace when the object's state"
                + " changes, and none while it stays: the same reason again is no change. An"
                + " Event's reason is the [condition's](conditions.md), its message too.")
        .table(List.of("what becomes of the object", "type", "reason"), rows())
        .write();
  }

  private static List<List<String>> rows() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        row(
            "it can be used",
            Finding.isTrue(ConditionType.Ready, ConditionReason.Ready, ""),
            Page.code(ConditionReason.Ready.name())));
    rows.add(
        row(
            "a vault is asked again later",
            Finding.isTrue(ConditionType.Reconciling, Reason.VaultUnavailable, ""),
            "every failure that is unavailable, "
                + Page.code(ConditionReason.AwaitingPermission.name())));
    rows.add(
        row(
            "somebody has to change it, or what it refers to",
            Finding.isTrue(ConditionType.Stalled, Reason.PolicyMalformed, ""),
            "every failure that is refused, "
                + Page.code(
                    ConditionReason.PolicyNotFound.name(),
                    ConditionReason.PolicyNotAccepted.name())));
    rows.add(
        List.of(
            "the key in the vault was created, changed or rotated",
            Transition.Severity.Normal.name(),
            Page.code(
                ConditionReason.Provisioning.name(),
                ConditionReason.Updating.name(),
                ConditionReason.Rotated.name())));
    return rows;
  }

  private static List<String> row(String what, Finding finding, String reasons) {
    List<Condition> after = Conditions.merge(List.of(), List.of(finding), 1, Instant.EPOCH);
    Transition.Severity severity =
        Transition.between(List.of(), after).map(Transition::severity).orElseThrow();
    return List.of(what, severity.name(), reasons);
  }
}
