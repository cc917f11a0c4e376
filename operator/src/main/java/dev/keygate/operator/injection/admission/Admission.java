package dev.keygate.operator.injection.admission;

import dev.keygate.api.v1alpha1.ExportableKey;
import dev.keygate.operator.config.InjectionSettings;
import dev.keygate.operator.injection.GuardingPolicy;
import dev.keygate.operator.injection.InjectionDecider;
import dev.keygate.operator.injection.InjectionDecision;
import dev.keygate.operator.injection.InjectionObservation;
import dev.keygate.operator.injection.InjectionRefusal;
import dev.keygate.operator.injection.ReferredObjects;
import dev.keygate.operator.injection.ResolvedKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Answers the API server: a review in, a review out. It changes nothing anywhere, so a dry run is
 * answered like any other. Safe for use by several threads.
 */
public final class Admission {

  private final ObjectLookup seen;
  private final ObjectLookup live;
  private final InjectionSettings settings;
  private final AdmissionRecord record;

  /**
   * @param seen asked first: quick, and maybe a moment behind
   * @param live asked before a pod is refused for what was not seen: an ExportableKey may have been
   *     applied together with the pod
   */
  public Admission(
      ObjectLookup seen, ObjectLookup live, InjectionSettings settings, AdmissionRecord record) {
    this.seen = seen;
    this.live = live;
    this.settings = settings;
    this.record = record;
  }

  /**
   * Answers one review.
   *
   * @param body an AdmissionReview in JSON
   * @return an AdmissionReview in JSON
   * @throws MalformedReviewException if the body is none of a pod's creation
   */
  public byte[] review(byte[] body) throws MalformedReviewException {
    AdmissionRecord.Entry entry = record.begin();
    try {
      ReviewRequest request = ReviewJson.parse(body);
      InjectionDecision decision = decide(request);
      byte[] answer = ReviewJson.answer(request, decision);
      entry.decided(request, decision);
      return answer;
    } catch (MalformedReviewException e) {
      entry.malformed();
      throw e;
    }
  }

  private InjectionDecision decide(ReviewRequest request) {
    if (!InjectionDecider.isAsked(
        request.pod(), request.namespace(), settings.namespaces().own())) {
      return new InjectionDecision.NotAsked();
    }
    InjectionObservation observation =
        InjectionObservation.of(request.pod(), request.namespace(), settings);
    try {
      InjectionDecision first = InjectionDecider.decide(look(observation, seen));
      boolean mayBeBehind =
          first instanceof InjectionDecision.Refuse refuse
              && refuse.reason().basis() == InjectionRefusal.Basis.CLUSTER;
      return mayBeBehind ? InjectionDecider.decide(look(observation, live)) : first;
    } catch (LookupFailedException e) {
      return new InjectionDecision.Refuse(
          InjectionRefusal.LookupFailed,
          Objects.requireNonNullElse(e.getMessage(), "the API server did not answer"));
    }
  }

  private static InjectionObservation look(InjectionObservation observation, ObjectLookup lookup)
      throws LookupFailedException {
    String namespace = observation.namespace();
    Map<String, ResolvedKey> keys = new HashMap<>();
    for (String name : observation.request().keyNames()) {
      Optional<ExportableKey> key = lookup.key(namespace, name);
      if (key.isPresent()) {
        keys.put(
            name,
            new ResolvedKey.Found(key.get().getSpec(), policyOf(key.get(), namespace, lookup)));
      }
    }
    return observation.with(
        new ReferredObjects(keys, lookup.account(namespace, observation.accountName())));
  }

  private static GuardingPolicy policyOf(ExportableKey key, String namespace, ObjectLookup lookup)
      throws LookupFailedException {
    return lookup
        .policy(namespace, key.getSpec().releasePolicyRef().name())
        .map(policy -> GuardingPolicy.of(policy.getSpec()))
        .orElseGet(GuardingPolicy.Unknown::new);
  }
}
