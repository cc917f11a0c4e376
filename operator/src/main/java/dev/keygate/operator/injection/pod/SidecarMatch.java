package dev.keygate.operator.injection.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whether a sidecar that comes back is still the one that was injected. What the API server itself
 * adds in between is let pass: its defaults, the resources of a LimitRange, the pull policy of
 * AlwaysPullImages. Anything else makes it another container: an environment variable or a mount
 * that somebody slipped in would run in the process that holds keys.
 */
final class SidecarMatch {

  private SidecarMatch() {}

  static boolean isSame(Container found, Container desired) {
    return withoutServerAdditions(found, desired).equals(desired);
  }

  private static Container withoutServerAdditions(Container found, Container desired) {
    return new ContainerBuilder(found)
        .withImagePullPolicy(desired.getImagePullPolicy())
        .withTerminationMessagePath(null)
        .withTerminationMessagePolicy(null)
        .withResizePolicy(List.of())
        .withResources(narrow(found.getResources(), desired.getResources()))
        .build();
  }

  /** Only the resources that we set. */
  private static ResourceRequirements narrow(
      ResourceRequirements found, ResourceRequirements desired) {
    return found == null
        ? new ResourceRequirements()
        : new ResourceRequirementsBuilder(found)
            .withLimits(narrow(found.getLimits(), desired.getLimits()))
            .withRequests(narrow(found.getRequests(), desired.getRequests()))
            .build();
  }

  private static Map<String, Quantity> narrow(
      Map<String, Quantity> found, Map<String, Quantity> desired) {
    Map<String, Quantity> ours = new TreeMap<>(found);
    ours.keySet().retainAll(desired.keySet());
    return ours;
  }
}
