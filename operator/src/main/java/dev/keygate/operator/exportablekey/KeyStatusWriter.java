package dev.keygate.operator.exportablekey;

import dev.keygate.api.v1alpha1.ExportableKeyStatus;
import dev.keygate.azure.keyvault.VaultKey;
import dev.keygate.condition.Condition;
import dev.keygate.condition.ConditionReason;
import dev.keygate.condition.ConditionStatus;
import dev.keygate.condition.ConditionType;
import dev.keygate.condition.Conditions;
import dev.keygate.condition.Finding;
import dev.keygate.endpoint.KeyVersion;
import dev.keygate.policy.PolicyDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Turns an outcome into a status. Pure.
 *
 * <p>A failure that time may cure changes no condition but {@code Reconciling}: what was true
 * before is the best that is known, so {@code Ready} does not flap when a vault is away. A
 * condition whose message differs in a request's id alone is not written again.
 */
final class KeyStatusWriter {

  /** In the order in which they are reached: each needs the ones before. */
  private static final List<ConditionType> STAGES =
      List.of(
          ConditionType.ResolvedRefs,
          ConditionType.Authorized,
          ConditionType.Provisioned,
          ConditionType.PolicyInSync);

  /** As failures name the one of an answer. */
  private static final Pattern REQUEST_ID = Pattern.compile(", request id [0-9A-Za-z-]+");

  private final ExportableKeyStatus before;
  private final long generation;
  private final Instant now;

  /**
   * @param before the status now
   * @param generation of the spec that was judged
   */
  KeyStatusWriter(ExportableKeyStatus before, long generation, Instant now) {
    this.before = before;
    this.generation = generation;
    this.now = now;
  }

  /** The status to write. */
  ExportableKeyStatus write(KeyOutcome outcome) {
    return switch (outcome) {
      case KeyOutcome.Settled settled -> settled(settled);
      case KeyOutcome.Stopped stopped -> unchangedBut(stopped(stopped));
      case KeyOutcome.AwaitingPermission awaiting -> unchangedBut(awaiting(awaiting));
      case KeyOutcome.Postponed postponed -> unchangedBut(postponed(postponed.cause()));
      case KeyOutcome.Queued queued -> unchangedBut(postponed(queued.cause()));
    };
  }

  private ExportableKeyStatus settled(KeyOutcome.Settled settled) {
    List<Finding> findings = new ArrayList<>();
    STAGES.forEach(stage -> findings.add(reached(stage)));
    findings.add(ready(settled.key()));
    VaultKey key = settled.key();
    String version = key.id().version().map(KeyVersion::value).orElseThrow();
    return new ExportableKeyStatus(
        generation,
        key.id().base().toString(),
        version,
        settled.versions().all(),
        PolicyDigest.of(settled.policy()).value(),
        Conditions.merge(before.conditions(), findings, generation, now));
  }

  private static Finding ready(VaultKey key) {
    return key.properties().lifetime().enabled()
        ? Finding.isTrue(
            ConditionType.Ready,
            ConditionReason.Ready,
            "The key can be released to machines that its policy admits.")
        : Finding.isTrue(
            ConditionType.Ready,
            ConditionReason.DisabledBySpec,
            "The spec disables the key; set attributes.enabled: true to have it released.");
  }

  private List<Condition> stopped(KeyOutcome.Stopped stopped) {
    List<Condition> conditions = new ArrayList<>();
    Cause cause = stopped.cause();
    int failed = STAGES.indexOf(stopped.at());
    for (ConditionType stage : STAGES) {
      int position = STAGES.indexOf(stage);
      if (position < failed) {
        conditions.add(judged(reached(stage)));
      } else if (position == failed) {
        conditions.add(judged(finding(stage, ConditionStatus.False, cause)));
      } else {
        conditions.add(kept(stage));
      }
    }
    conditions.add(judged(finding(ConditionType.Ready, ConditionStatus.False, cause)));
    conditions.add(judged(finding(ConditionType.Stalled, ConditionStatus.True, cause)));
    return conditions;
  }

  /** Authorized says since when, and nothing else is doubted yet. */
  private List<Condition> awaiting(KeyOutcome.AwaitingPermission awaiting) {
    Cause cause = awaiting.cause();
    return later(
        STAGES.stream()
            .map(
                stage ->
                    stage == ConditionType.Authorized
                        ? judged(finding(stage, ConditionStatus.False, cause))
                        : kept(stage))
            .toList(),
        cause);
  }

  private List<Condition> postponed(Cause cause) {
    return later(STAGES.stream().map(this::kept).toList(), cause);
  }

  private List<Condition> later(List<Condition> stages, Cause cause) {
    List<Condition> conditions = new ArrayList<>(stages);
    conditions.add(
        Conditions.find(before.conditions(), ConditionType.Ready)
            .orElseGet(() -> judged(finding(ConditionType.Ready, ConditionStatus.Unknown, cause))));
    conditions.add(judged(finding(ConditionType.Reconciling, ConditionStatus.True, cause)));
    return conditions;
  }

  private ExportableKeyStatus unchangedBut(List<Condition> conditions) {
    return new ExportableKeyStatus(
        generation,
        before.keyId(),
        before.currentVersion(),
        before.versions(),
        before.policyDigest(),
        conditions);
  }

  private static Finding finding(ConditionType type, ConditionStatus status, Cause cause) {
    return new Finding(type, status, cause.reason(), cause.message());
  }

  /** What an earlier run found, with the generation that it judged. */
  private Condition kept(ConditionType stage) {
    return Conditions.find(before.conditions(), stage)
        .orElseGet(
            () ->
                judged(
                    Finding.isUnknown(
                        stage, ConditionReason.Waiting, "An earlier step has to be done first.")));
  }

  private Condition judged(Finding finding) {
    Condition judged =
        Conditions.merge(before.conditions(), List.of(finding), generation, now).getFirst();
    return Conditions.find(before.conditions(), finding.type())
        .filter(earlier -> withoutRequestId(earlier).equals(withoutRequestId(judged)))
        .orElse(judged);
  }

  private static Condition withoutRequestId(Condition condition) {
    return new Condition(
        condition.type(),
        condition.status(),
        condition.observedGeneration(),
        condition.lastTransitionTime(),
        condition.reason(),
        REQUEST_ID.matcher(condition.message()).replaceAll(""));
  }

  private static Finding reached(ConditionType stage) {
    return switch (stage) {
      case ResolvedRefs ->
          Finding.isTrue(
              stage, ConditionReason.Resolved, "The release policy exists and is accepted.");
      case Authorized ->
          Finding.isTrue(stage, ConditionReason.Authorized, "The vault admits the operator.");
      case Provisioned ->
          Finding.isTrue(
              stage, ConditionReason.Provisioned, "The key in the vault is as the spec says.");
      case PolicyInSync ->
          Finding.isTrue(
              stage, ConditionReason.InSync, "The vault holds the policy that is referred to.");
      case Accepted, Ready, Reconciling, Stalled ->
          throw new IllegalArgumentException(stage + " is no stage");
    };
  }
}
