package dev.keygate.operator.exportablekey;

import dev.keygate.api.v1alpha1.ExportableKey;
import dev.keygate.condition.Condition;
import dev.keygate.condition.ConditionReason;
import dev.keygate.operator.event.Transition;
import dev.keygate.operator.event.Transition.Severity;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells what happened to keys: in Events and the log when something changed, always in metrics. */
final class KeyChronicle {

  private static final Logger LOG = LoggerFactory.getLogger(KeyChronicle.class);

  private final BiConsumer<ExportableKey, Transition> events;
  private final Consumer<String> outcomes;

  /**
   * @param events is told of changes
   * @param outcomes is told the reason that every run ended with
   */
  KeyChronicle(BiConsumer<ExportableKey, Transition> events, Consumer<String> outcomes) {
    this.events = events;
    this.outcomes = outcomes;
  }

  /** A step has changed the vault. */
  void taken(ExportableKey key, KeyDecision.Step step) {
    switch (step) {
      case KeyDecision.Look _, KeyDecision.Trace _, KeyDecision.ListVersions _ -> {}
      case KeyDecision.Create create ->
          tell(key, ConditionReason.Provisioning, "Created the key " + create.key() + ".");
      case KeyDecision.Recover recover ->
          tell(
              key,
              ConditionReason.Provisioning,
              "Recovered the deleted key " + recover.key() + ".");
      case KeyDecision.CorrectProperties correct ->
          tell(
              key,
              ConditionReason.Updating,
              "Wrote " + correct.drift() + " of the key " + correct.key() + ".");
      case KeyDecision.CorrectPolicy correct ->
          tell(
              key,
              ConditionReason.Updating,
              "Wrote the release policy of the key " + correct.key() + ".");
    }
  }

  /** The object may go. */
  void removed(ExportableKey key, DeletionDecision decision) {
    switch (decision) {
      case DELETE -> tell(key, ConditionReason.Updating, "Soft-deleted the key in the vault.");
      case LET_GO -> tell(key, ConditionReason.Updating, "Left the vault as it is.");
    }
  }

  /** A run has ended. */
  void concluded(
      ExportableKey key, KeyOutcome outcome, List<Condition> before, List<Condition> after) {
    outcomes.accept(
        switch (outcome) {
          case KeyOutcome.Settled _ -> ConditionReason.Ready.name();
          case KeyOutcome.Stopped stopped -> stopped.cause().reason();
          case KeyOutcome.AwaitingPermission awaiting -> awaiting.cause().reason();
          case KeyOutcome.Postponed postponed -> postponed.cause().reason();
          case KeyOutcome.Queued queued -> queued.cause().reason();
        });
    Transition.between(before, after).ifPresent(transition -> tell(key, transition));
  }

  /** Another version has become current, or one gives way; the status says so already. */
  void rotated(ExportableKey key, Transition notice) {
    tell(key, notice);
  }

  private void tell(ExportableKey key, ConditionReason reason, String message) {
    tell(key, new Transition(Severity.Normal, reason.name(), message));
  }

  private void tell(ExportableKey key, Transition transition) {
    events.accept(key, transition);
    LOG.atInfo()
        .addKeyValue("namespace", key.getMetadata().getNamespace())
        .addKeyValue("exportableKey", key.getMetadata().getName())
        .addKeyValue("reason", transition.reason())
        .log(transition.message());
  }
}
