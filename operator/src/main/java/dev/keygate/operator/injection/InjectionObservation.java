package dev.keygate.operator.injection;

import dev.keygate.operator.config.InjectionSettings;
import dev.keygate.operator.injection.pod.PodContainer;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Objects;

/**
 * All that the decision on a pod depends on.
 *
 * @param pod as the API server sends it: with its defaults, not yet validated
 * @param namespace the request's; a pod of a controller names none itself
 * @param request what its annotations ask for
 * @param found the objects they refer to
 */
public record InjectionObservation(
    Pod pod,
    String namespace,
    KeyRequest request,
    ReferredObjects found,
    InjectionSettings settings) {

  /** What is known before anything is looked up. */
  public static InjectionObservation of(Pod pod, String namespace, InjectionSettings settings) {
    return new InjectionObservation(
        pod, namespace, KeyRequestParser.parse(pod), ReferredObjects.NONE, settings);
  }

  /** The same with the objects that were found. */
  public InjectionObservation with(ReferredObjects objects) {
    return new InjectionObservation(pod, namespace, request, objects, settings);
  }

  /** The name of the pod's service account. */
  public String accountName() {
    String name = Objects.requireNonNullElse(pod.getSpec().getServiceAccountName(), "");
    return name.isEmpty() ? "default" : name;
  }

  /** Its containers but the sidecar. */
  List<PodContainer> containers() {
    return PodContainer.othersOf(pod);
  }
}
