package dev.keygate.operator.injection.admission;

import dev.keygate.operator.injection.pod.PodContainer;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The quantities of a pod. The API server sends only well-formed ones; the model takes any text and
 * throws when two are compared.
 */
final class PodQuantities {

  private static final Pattern FORMAT =
      Pattern.compile(
          "[+-]?[0-9]{1,20}(\\.[0-9]{0,20})?([numkMGTPE]|[KMGTPE]i|[eE][+-]?[0-9]{1,2})?");

  private PodQuantities() {}

  static boolean areWellFormed(Pod pod) {
    return Stream.concat(ofContainers(pod), ofVolumes(pod))
        .allMatch(quantity -> FORMAT.matcher(quantity.toString()).matches());
  }

  private static Stream<Quantity> ofContainers(Pod pod) {
    return PodContainer.of(pod).stream()
        .map(container -> container.container().getResources())
        .filter(Objects::nonNull)
        .flatMap(PodQuantities::of);
  }

  private static Stream<Quantity> of(ResourceRequirements resources) {
    return Stream.of(resources.getLimits(), resources.getRequests())
        .filter(Objects::nonNull)
        .map(Map::values)
        .flatMap(quantities -> quantities.stream());
  }

  private static Stream<Quantity> ofVolumes(Pod pod) {
    return pod.getSpec().getVolumes().stream()
        .filter(volume -> volume.getEmptyDir() != null)
        .map(volume -> volume.getEmptyDir().getSizeLimit())
        .filter(Objects::nonNull);
  }
}
