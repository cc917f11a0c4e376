package dev.keygate.operator.injection;

import dev.keygate.contract.Annotations;
import dev.keygate.contract.PodLayout;
import dev.keygate.operator.injection.pod.InjectedVolumes;
import dev.keygate.operator.injection.pod.OwnMount;
import dev.keygate.operator.injection.pod.PodContainer;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Rules on what only the sidecar may have. A pod that was injected before, which its annotation
 * says, may bring ours along: whoever forges that gains nothing, because the patch puts in order
 * whatever differs from the plan.
 */
final class ReservedNames {

  private static final Set<Integer> PORTS =
      Set.of(PodLayout.LOCAL_API_PORT, PodLayout.MANAGEMENT_PORT);

  /** The name part of an annotation has 63 characters, of which {@code keys.} are five. */
  private static final int LONGEST_CONTAINER_NAME = 58;

  private ReservedNames() {}

  static Optional<InjectionDecision.Refuse> hasNoOtherSidecar(InjectionObservation observation) {
    List<PodContainer> named =
        PodContainer.of(observation.pod()).stream()
            .filter(PodContainer::isNamedLikeSidecar)
            .toList();
    boolean isOurs =
        named.size() == 1
            && named.getFirst().list() == PodContainer.ContainerList.INIT
            && wasInjected(observation.pod());
    return named.isEmpty() || isOurs
        ? Optional.empty()
        : InjectionCheck.refuse(
            InjectionRefusal.ContainerNameReserved,
            "the pod has a container named "
                + PodLayout.SIDECAR
                + " of its own: remove it, the webhook adds the sidecar, or give it another name");
  }

  static Optional<InjectionDecision.Refuse> hasNoLongNames(InjectionObservation observation) {
    return observation.containers().stream()
        .filter(container -> container.name().length() > LONGEST_CONTAINER_NAME)
        .findFirst()
        .flatMap(
            container ->
                InjectionCheck.refuse(
                    InjectionRefusal.ContainerNameTooLong,
                    "the name of the container "
                        + Quoted.of(container.name())
                        + " has more than "
                        + LONGEST_CONTAINER_NAME
                        + " characters, so that no annotation "
                        + Annotations.keysOf("<container>")
                        + " fits it: shorten it"));
  }

  static Optional<InjectionDecision.Refuse> hasNoVolumeOfOurs(InjectionObservation observation) {
    Set<String> expected = wasInjected(observation.pod()) ? InjectedVolumes.NAMES : Set.of();
    Set<String> seen = new HashSet<>();
    return observation.pod().getSpec().getVolumes().stream()
        .map(Volume::getName)
        .filter(ReservedNames::isVolumeOfOurs)
        // One of ours that is there twice would be put in order once.
        .filter(name -> !expected.contains(name) || !seen.add(name))
        .findFirst()
        .flatMap(
            name ->
                InjectionCheck.refuse(
                    InjectionRefusal.VolumeNameReserved,
                    "the pod has a volume named "
                        + Quoted.of(name)
                        + ", and names that begin with "
                        + PodLayout.VOLUME_PREFIX
                        + " are reserved: give it another name"));
  }

  /** A mount that names a volume which is yet to be added would be valid afterwards. */
  static Optional<InjectionDecision.Refuse> mountsNoVolumeOfOurs(InjectionObservation observation) {
    return observation.containers().stream()
        .filter(
            container ->
                container.container().getVolumeMounts().stream()
                    .anyMatch(
                        mount ->
                            isVolumeOfOurs(mount.getName())
                                && !mount.equals(OwnMount.of(container.name()))))
        .findFirst()
        .flatMap(
            container ->
                InjectionCheck.refuse(
                    InjectionRefusal.VolumeNameReserved,
                    "the container "
                        + Quoted.of(container.name())
                        + " mounts a volume whose name begins with "
                        + PodLayout.VOLUME_PREFIX
                        + ": remove the mount, a container sees its own keys under "
                        + PodLayout.OWN));
  }

  static Optional<InjectionDecision.Refuse> mountsNothingOverKeys(
      InjectionObservation observation) {
    return observation.containers().stream()
        .filter(
            container ->
                container.container().getVolumeMounts().stream()
                    .anyMatch(
                        mount -> isAtKeys(mount) && !mount.equals(OwnMount.of(container.name()))))
        .findFirst()
        .flatMap(
            container ->
                InjectionCheck.refuse(
                    InjectionRefusal.MountPathReserved,
                    "the container "
                        + Quoted.of(container.name())
                        + " mounts a volume at or below "
                        + PodLayout.OWN
                        + ", where its keys are: mount it elsewhere"));
  }

  static Optional<InjectionDecision.Refuse> asksForNoDevice(InjectionObservation observation) {
    String device = observation.settings().device().resource();
    return observation.containers().stream()
        .filter(container -> asksFor(container, device))
        .findFirst()
        .flatMap(
            container ->
                InjectionCheck.refuse(
                    InjectionRefusal.DeviceReserved,
                    "the container "
                        + Quoted.of(container.name())
                        + " asks for "
                        + device
                        + ", which is for the sidecar alone: remove it from its resources"));
  }

  static Optional<InjectionDecision.Refuse> hasNoPortOfOurs(InjectionObservation observation) {
    for (PodContainer container : observation.containers()) {
      for (var port : container.container().getPorts()) {
        if (port.getContainerPort() != null && PORTS.contains(port.getContainerPort())) {
          return InjectionCheck.refuse(
              InjectionRefusal.PortReserved,
              "the container "
                  + Quoted.of(container.name())
                  + " has the port "
                  + port.getContainerPort()
                  + ", at which the sidecar listens in the same pod: use another one");
        }
      }
    }
    return Optional.empty();
  }

  private static boolean wasInjected(Pod pod) {
    Map<String, String> annotations = pod.getMetadata().getAnnotations();
    return annotations != null && annotations.containsKey(Annotations.INJECTED);
  }

  private static boolean isVolumeOfOurs(String name) {
    return name != null && name.startsWith(PodLayout.VOLUME_PREFIX);
  }

  private static boolean isAtKeys(VolumeMount mount) {
    String path = Objects.requireNonNullElse(mount.getMountPath(), "");
    return (path + "/").replaceAll("/+", "/").startsWith(PodLayout.OWN + "/");
  }

  private static boolean asksFor(PodContainer container, String device) {
    var resources = container.container().getResources();
    return resources != null
        && (has(resources.getLimits(), device) || has(resources.getRequests(), device));
  }

  private static boolean has(Map<String, Quantity> quantities, String device) {
    return quantities != null && quantities.containsKey(device);
  }
}
