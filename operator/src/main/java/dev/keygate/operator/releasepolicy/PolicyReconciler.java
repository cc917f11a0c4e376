package dev.keygate.operator.releasepolicy;

import dev.keygate.api.v1alpha1.ReleasePolicy;
import dev.keygate.api.v1alpha1.ReleasePolicyStatus;
import dev.keygate.condition.ConditionReason;
import dev.keygate.operator.cache.PrimaryCache;
import dev.keygate.operator.event.EventRecorder;
import dev.keygate.operator.event.FailedRun;
import dev.keygate.operator.event.Transition;
import dev.keygate.operator.metrics.ReconciliationCounter;
import dev.keygate.time.TimeSource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a ReleasePolicy's status true to its spec. */
@ControllerConfiguration(name = "releasepolicy")
public final class PolicyReconciler implements Reconciler<ReleasePolicy> {

  private static final Logger LOG = LoggerFactory.getLogger(PolicyReconciler.class);
  private static final ReleasePolicyStatus NEVER_WRITTEN =
      new ReleasePolicyStatus(null, null, null, List.of(), List.of());

  private final EventRecorder events;
  private final ReconciliationCounter counter;
  private final TimeSource time;
  private final PrimaryCache<ReleasePolicy> cache = new PrimaryCache<>();

  /**
   * @param time dates transitions
   */
  public PolicyReconciler(EventRecorder events, ReconciliationCounter counter, TimeSource time) {
    this.events = events;
    this.counter = counter;
    this.time = time;
  }

  @Override
  public List<EventSource<?, ReleasePolicy>> prepareEventSources(
      EventSourceContext<ReleasePolicy> context) {
    cache.follow(context.getPrimaryCache());
    return List.of();
  }

  /** The policies that it has seen. */
  public PrimaryCache<ReleasePolicy> cache() {
    return cache;
  }

  @Override
  public UpdateControl<ReleasePolicy> reconcile(
      ReleasePolicy policy, Context<ReleasePolicy> context) {
    PolicyDecision decision = PolicyDecider.decide(new PolicyObservation(policy.getSpec()));
    counter.count(outcome(decision));
    ReleasePolicyStatus before = Objects.requireNonNullElse(policy.getStatus(), NEVER_WRITTEN);
    ReleasePolicyStatus after =
        PolicyStatusWriter.write(
            before, decision, policy.getMetadata().getGeneration(), time.now());
    if (!after.equals(before)) {
      context.resourceOperations().serverSideApplyPrimaryStatus(withStatus(policy, after));
      Transition.between(before.conditions(), after.conditions())
          .ifPresent(transition -> tell(policy, transition));
    }
    return UpdateControl.noUpdate();
  }

  @Override
  public ErrorStatusUpdateControl<ReleasePolicy> updateErrorStatus(
      ReleasePolicy policy, Context<ReleasePolicy> context, Exception e) {
    return FailedRun.report(policy, e);
  }

  private void tell(ReleasePolicy policy, Transition transition) {
    events.record(policy, transition);
    LOG.atInfo()
        .addKeyValue("namespace", policy.getMetadata().getNamespace())
        .addKeyValue("releasePolicy", policy.getMetadata().getName())
        .addKeyValue("reason", transition.reason())
        .log(transition.message());
  }

  private static String outcome(PolicyDecision decision) {
    return switch (decision) {
      case PolicyDecision.Accept _ -> ConditionReason.Accepted.name();
      case PolicyDecision.Reject reject -> reject.cause().reason().name();
    };
  }

  /** Only what is applied: the object's identity and the status. */
  private static ReleasePolicy withStatus(ReleasePolicy policy, ReleasePolicyStatus status) {
    ReleasePolicy applied = new ReleasePolicy();
    applied.setMetadata(
        new ObjectMetaBuilder()
            .withName(policy.getMetadata().getName())
            .withNamespace(policy.getMetadata().getNamespace())
            .build());
    applied.setStatus(status);
    return applied;
  }
}
