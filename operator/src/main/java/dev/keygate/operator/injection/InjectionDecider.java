package dev.keygate.operator.injection;

import dev.keygate.api.compile.KeyAddress;
import dev.keygate.contract.Labels;
import dev.keygate.endpoint.AuthorityEndpoint;
import dev.keygate.endpoint.EndpointFormatException;
import dev.keygate.operator.injection.pod.InjectionPlan;
import dev.keygate.operator.injection.pod.PinnedKey;
import dev.keygate.operator.injection.pod.PodPatch;
import dev.keygate.policy.AuthorityBranch;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Decides on a pod. */
public final class InjectionDecider {

  /**
   * In this order; the first that a pod fails is the one it is told. What the pod's author can see
   * in the pod comes before what is to be seen in other objects.
   */
  private static final List<InjectionCheck> CHECKS =
      List.of(
          InjectionDecider::isInWatchedNamespace,
          PodShape::isForLinux,
          PodShape::usesNoHostNamespace,
          PodShape::keepsProcessesApart,
          PodShape::usesTheHostsUsers,
          PodShape::selectsNoOtherNodes,
          ReservedNames::hasNoOtherSidecar,
          ReservedNames::hasNoLongNames,
          ReservedNames::hasNoVolumeOfOurs,
          ReservedNames::mountsNoVolumeOfOurs,
          ReservedNames::asksForNoDevice,
          ReservedNames::hasNoPortOfOurs,
          InjectionDecider::isUnderstood,
          ReservedNames::mountsNothingOverKeys,
          KeyRules::exist,
          KeyRules::nameTheAccount,
          AccountRules::exists,
          AccountRules::namesAnIdentity,
          AccountRules::namesItWell,
          KeyRules::areInAVault,
          KeyRules::havePolicies,
          KeyRules::trustKnownAuthorities);

  private InjectionDecider() {}

  /**
   * Whether a pod asks at all. One that does not is let through without being looked at.
   *
   * @param namespace the request's
   * @param own the operator's namespace
   */
  public static boolean isAsked(Pod pod, String namespace, String own) {
    Map<String, String> labels =
        Optional.ofNullable(pod.getMetadata()).map(ObjectMeta::getLabels).orElse(Map.of());
    return "true".equals(labels.get(Labels.INJECT)) && !namespace.equals(own);
  }

  /** Decides; the same observation always gives the same decision. */
  public static InjectionDecision decide(InjectionObservation observation) {
    if (!isAsked(
        observation.pod(), observation.namespace(), observation.settings().namespaces().own())) {
      return new InjectionDecision.NotAsked();
    }
    for (InjectionCheck check : CHECKS) {
      Optional<InjectionDecision.Refuse> refusal = check.check(observation);
      if (refusal.isPresent()) {
        return refusal.get();
      }
    }
    return switch (observation.request()) {
      case KeyRequest.Malformed malformed -> malformed.refusal();
      case KeyRequest.Asked asked -> inject(observation, asked);
    };
  }

  private static Optional<InjectionDecision.Refuse> isInWatchedNamespace(
      InjectionObservation observation) {
    return observation.settings().namespaces().isWatched(observation.namespace())
        ? Optional.empty()
        : InjectionCheck.refuse(
            InjectionRefusal.NamespaceNotWatched,
            "the operator does not watch the namespace "
                + observation.namespace()
                + ": add it to keygate.watched-namespaces, or remove the pod's label");
  }

  private static Optional<InjectionDecision.Refuse> isUnderstood(InjectionObservation observation) {
    return observation.request() instanceof KeyRequest.Malformed malformed
        ? Optional.of(malformed.refusal())
        : Optional.empty();
  }

  private static InjectionDecision inject(
      InjectionObservation observation, KeyRequest.Asked asked) {
    InjectionPlan plan = plan(observation, asked);
    PodPatch patch = PodPatch.of(plan, observation.pod());
    return patch.isEmpty()
        ? new InjectionDecision.AlreadyInjected()
        : new InjectionDecision.Inject(plan, patch);
  }

  private static InjectionPlan plan(InjectionObservation observation, KeyRequest.Asked asked) {
    List<PinnedKey> keys = new ArrayList<>();
    Set<AuthorityEndpoint> authorities = new LinkedHashSet<>();
    try {
      for (String name : asked.keyNames()) {
        if (observation.found().key(name) instanceof ResolvedKey.Found found) {
          keys.add(new PinnedKey(name, KeyAddress.of(name, found.spec())));
          authorities.addAll(authoritiesOf(found.policy()));
        }
      }
    } catch (EndpointFormatException e) {
      throw new IllegalStateException("passed the rules on addresses", e);
    }
    return new InjectionPlan(
        keys,
        List.copyOf(authorities),
        asked.containers(),
        asked.delivery(),
        AccountRules.identityOf(observation),
        observation.settings());
  }

  private static List<AuthorityEndpoint> authoritiesOf(GuardingPolicy policy)
      throws EndpointFormatException {
    List<AuthorityEndpoint> authorities = new ArrayList<>();
    if (policy instanceof GuardingPolicy.Compiled compiled) {
      for (AuthorityBranch branch : compiled.document().anyOf()) {
        authorities.add(AuthorityEndpoint.parse(branch.authority().name()));
      }
    }
    return authorities;
  }
}
