package dev.keygate.operator.injection;

import dev.keygate.operator.injection.pod.PodIdentity;
import dev.keygate.operator.injection.pod.WorkloadIdentityNames;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** Rules on the service account of a pod, which says who the pod is towards Entra. */
final class AccountRules {

  private static final Pattern GUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final Pattern TENANT = Pattern.compile("[0-9a-zA-Z][0-9a-zA-Z.-]{0,126}");

  private AccountRules() {}

  static Optional<InjectionDecision.Refuse> exists(InjectionObservation observation) {
    return observation.found().account().isPresent()
        ? Optional.empty()
        : InjectionCheck.refuse(
            InjectionRefusal.ServiceAccountUnknown,
            "there is no service account "
                + Quoted.of(observation.accountName())
                + " in the namespace "
                + observation.namespace()
                + ": create it, or correct serviceAccountName");
  }

  static Optional<InjectionDecision.Refuse> namesAnIdentity(InjectionObservation observation) {
    return annotation(observation, WorkloadIdentityNames.CLIENT_ID).isPresent()
        ? Optional.empty()
        : InjectionCheck.refuse(
            InjectionRefusal.IdentityMissing,
            "the service account "
                + Quoted.of(observation.accountName())
                + " has no annotation "
                + WorkloadIdentityNames.CLIENT_ID
                + ": set it to the client id of the identity that may release the keys");
  }

  static Optional<InjectionDecision.Refuse> namesItWell(InjectionObservation observation) {
    Optional<String> client = annotation(observation, WorkloadIdentityNames.CLIENT_ID);
    if (client.isPresent() && !GUID.matcher(client.get()).matches()) {
      return malformed(observation, WorkloadIdentityNames.CLIENT_ID, "a GUID", client.get());
    }
    Optional<String> tenant = annotation(observation, WorkloadIdentityNames.TENANT_ID);
    if (tenant.isPresent() && !TENANT.matcher(tenant.get()).matches()) {
      return malformed(
          observation, WorkloadIdentityNames.TENANT_ID, "a GUID or a domain", tenant.get());
    }
    return Optional.empty();
  }

  /** Who the pod is, once it has passed these rules. */
  static PodIdentity identityOf(InjectionObservation observation) {
    return new PodIdentity(
        annotation(observation, WorkloadIdentityNames.TENANT_ID)
            .orElse(observation.settings().entra().tenantId()),
        annotation(observation, WorkloadIdentityNames.CLIENT_ID).orElseThrow());
  }

  private static Optional<InjectionDecision.Refuse> malformed(
      InjectionObservation observation, String annotation, String expected, String found) {
    return InjectionCheck.refuse(
        InjectionRefusal.IdentityMalformed,
        "the annotation "
            + annotation
            + " of the service account "
            + Quoted.of(observation.accountName())
            + " has to be "
            + expected
            + ", and is "
            + Quoted.of(found));
  }

  private static Optional<String> annotation(InjectionObservation observation, String name) {
    return observation
        .found()
        .account()
        .map(AccountRules::annotationsOf)
        .map(annotations -> annotations.get(name))
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }

  private static Map<String, String> annotationsOf(ServiceAccount account) {
    return Objects.requireNonNullElse(account.getMetadata().getAnnotations(), Map.of());
  }
}
