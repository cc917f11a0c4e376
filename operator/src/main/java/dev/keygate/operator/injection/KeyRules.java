package dev.keygate.operator.injection;

import dev.keygate.api.compile.KeyAddress;
import dev.keygate.api.v1alpha1.ExportableKeySpec;
import dev.keygate.endpoint.AuthorityEndpoint;
import dev.keygate.endpoint.EndpointFormatException;
import dev.keygate.policy.AuthorityBranch;
import dev.keygate.policy.ReleasePolicyDocument;
import java.util.Optional;
import java.util.function.BiFunction;

/** Rules on the keys that a pod asks for, each told for the first key that breaks it. */
final class KeyRules {

  private KeyRules() {}

  static Optional<InjectionDecision.Refuse> exist(InjectionObservation observation) {
    return observation.request().keyNames().stream()
        .filter(name -> observation.found().key(name) instanceof ResolvedKey.Unknown)
        .findFirst()
        .flatMap(
            name ->
                InjectionCheck.refuse(
                    InjectionRefusal.KeyUnknown,
                    "there is no ExportableKey "
                        + Quoted.of(name)
                        + " in the namespace "
                        + observation.namespace()
                        + ": create it, or correct the pod's annotation"));
  }

  static Optional<InjectionDecision.Refuse> nameTheAccount(InjectionObservation observation) {
    return first(
        observation,
        (name, key) ->
            key.spec().consumers().stream()
                    .anyMatch(
                        consumer -> consumer.serviceAccountName().equals(observation.accountName()))
                ? Optional.empty()
                : InjectionCheck.refuse(
                    InjectionRefusal.ServiceAccountNotConsumer,
                    "the pod runs as the service account "
                        + Quoted.of(observation.accountName())
                        + ", which the ExportableKey "
                        + Quoted.of(name)
                        + " does not list: add it to spec.consumers, or set serviceAccountName"));
  }

  static Optional<InjectionDecision.Refuse> areInAVault(InjectionObservation observation) {
    return first(
        observation,
        (name, key) -> {
          try {
            KeyAddress.of(name, key.spec());
            return Optional.empty();
          } catch (EndpointFormatException e) {
            return InjectionCheck.refuse(
                InjectionRefusal.KeyAddressInvalid,
                "the ExportableKey " + Quoted.of(name) + " names no key: " + e.getMessage());
          }
        });
  }

  static Optional<InjectionDecision.Refuse> havePolicies(InjectionObservation observation) {
    return first(
        observation,
        (name, key) ->
            switch (key.policy()) {
              case GuardingPolicy.Compiled _ -> Optional.empty();
              case GuardingPolicy.Unknown _ ->
                  InjectionCheck.refuse(
                      InjectionRefusal.PolicyUnknown,
                      "the ExportableKey "
                          + Quoted.of(name)
                          + " refers to the ReleasePolicy "
                          + Quoted.of(policyName(key.spec()))
                          + ", which is not in the namespace "
                          + observation.namespace()
                          + ": create it, or correct releasePolicyRef");
              case GuardingPolicy.NotAccepted rejected ->
                  InjectionCheck.refuse(
                      InjectionRefusal.PolicyNotAccepted,
                      "the ReleasePolicy "
                          + Quoted.of(policyName(key.spec()))
                          + " of the ExportableKey "
                          + Quoted.of(name)
                          + " is not accepted, correct it: "
                          + rejected.cause());
            });
  }

  static Optional<InjectionDecision.Refuse> trustKnownAuthorities(
      InjectionObservation observation) {
    return first(
        observation,
        (name, key) ->
            key.policy() instanceof GuardingPolicy.Compiled(ReleasePolicyDocument document)
                ? untrustworthyAuthority(name, document)
                : Optional.empty());
  }

  private static Optional<InjectionDecision.Refuse> untrustworthyAuthority(
      String key, ReleasePolicyDocument document) {
    for (AuthorityBranch branch : document.anyOf()) {
      try {
        AuthorityEndpoint.parse(branch.authority().name());
      } catch (EndpointFormatException e) {
        return InjectionCheck.refuse(
            InjectionRefusal.AuthorityUnusable,
            "the release policy of the ExportableKey "
                + Quoted.of(key)
                + " trusts an authority that a sidecar cannot ask, correct it: "
                + e.getMessage());
      }
    }
    return Optional.empty();
  }

  private static Optional<InjectionDecision.Refuse> first(
      InjectionObservation observation,
      BiFunction<String, ResolvedKey.Found, Optional<InjectionDecision.Refuse>> rule) {
    for (String name : observation.request().keyNames()) {
      if (observation.found().key(name) instanceof ResolvedKey.Found key) {
        Optional<InjectionDecision.Refuse> refusal = rule.apply(name, key);
        if (refusal.isPresent()) {
          return refusal;
        }
      }
    }
    return Optional.empty();
  }

  private static String policyName(ExportableKeySpec spec) {
    return spec.releasePolicyRef().name();
  }
}
