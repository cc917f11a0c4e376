package dev.keygate.operator.injection.pod;

import dev.keygate.contract.Annotations;
import dev.keygate.contract.PodLayout;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The patch that brings a pod to its plan, and no further than that: applied to a pod that is
 * already there it is empty. It names every place it changes, so fields that this version of the
 * model does not know stay as they are.
 *
 * @param operations in the order in which they have to be applied
 */
public record PodPatch(List<PatchOperation> operations) {

  /** Copies the list. */
  public PodPatch {
    operations = List.copyOf(operations);
  }

  /** The patch for a pod. */
  public static PodPatch of(InjectionPlan plan, Pod pod) {
    List<PatchOperation> operations = new ArrayList<>();
    PatchTarget target = new PatchTarget(operations);
    annotate(plan, pod, target);
    // Before the sidecar: inserting it moves the init containers.
    mountOwnDirectories(plan, pod, operations);
    placeSidecar(plan, pod, operations);
    placeVolumes(plan, pod, operations);
    placeOnNode(plan, pod, target);
    return new PodPatch(operations);
  }

  /** Whether the pod is as planned. */
  public boolean isEmpty() {
    return operations.isEmpty();
  }

  private static void annotate(InjectionPlan plan, Pod pod, PatchTarget target) {
    Map<String, String> annotations =
        Objects.requireNonNullElse(pod.getMetadata().getAnnotations(), Map.of());
    PatchTarget.Members members = target.members("/metadata/annotations", annotations);
    members.set(Annotations.INJECTED, plan.settings().sidecar().image());
    members.set(
        WorkloadIdentityNames.SKIP_CONTAINERS,
        SkipContainers.withSidecar(annotations.get(WorkloadIdentityNames.SKIP_CONTAINERS)));
  }

  private static void mountOwnDirectories(
      InjectionPlan plan, Pod pod, List<PatchOperation> operations) {
    for (PodContainer container : PodContainer.othersOf(pod)) {
      VolumeMount own = OwnMount.of(container.name());
      List<VolumeMount> mounts = container.container().getVolumeMounts();
      if (plan.givesKeysTo(container.name()) && !mounts.contains(own)) {
        operations.add(append(container.pointer() + "/volumeMounts", mounts.size(), own));
      }
    }
  }

  private static void placeSidecar(InjectionPlan plan, Pod pod, List<PatchOperation> operations) {
    Container desired = SidecarContainer.of(plan, hasFsGroup(pod));
    String list = PodContainer.ContainerList.INIT.pointer();
    Optional<PodContainer> found =
        PodContainer.of(pod).stream().filter(PodContainer::isNamedLikeSidecar).findFirst();
    if (found.isEmpty()) {
      operations.add(
          pod.getSpec().getInitContainers().isEmpty()
              ? new PatchOperation.Add(list, List.of(desired))
              : new PatchOperation.Add(list + "/0", desired));
    } else if (startsTooLate(found.get(), plan, pod)) {
      operations.add(new PatchOperation.Remove(found.get().pointer()));
      operations.add(new PatchOperation.Add(list + "/0", desired));
    } else if (!SidecarMatch.isSame(found.get().container(), desired)) {
      operations.add(new PatchOperation.Replace(found.get().pointer(), desired));
    }
  }

  /**
   * Another webhook may have put a container before the sidecar. That is well as long as it has no
   * keys: both would be first, and neither can be.
   */
  private static boolean startsTooLate(PodContainer sidecar, InjectionPlan plan, Pod pod) {
    return PodContainer.othersOf(pod).stream()
        .filter(other -> other.list() == sidecar.list() && other.index() < sidecar.index())
        .anyMatch(other -> plan.givesKeysTo(other.name()));
  }

  private static void placeVolumes(InjectionPlan plan, Pod pod, List<PatchOperation> operations) {
    List<Volume> found = pod.getSpec().getVolumes();
    List<String> names = found.stream().map(Volume::getName).toList();
    List<Volume> missing = new ArrayList<>();
    for (Volume desired : InjectedVolumes.of(plan)) {
      int index = names.indexOf(desired.getName());
      if (index < 0) {
        missing.add(desired);
      } else if (!found.get(index).equals(desired)) {
        operations.add(new PatchOperation.Replace("/spec/volumes/" + index, desired));
      }
    }
    if (found.isEmpty()) {
      operations.add(new PatchOperation.Add("/spec/volumes", missing));
    } else {
      missing.forEach(volume -> operations.add(new PatchOperation.Add("/spec/volumes/-", volume)));
    }
  }

  private static void placeOnNode(InjectionPlan plan, Pod pod, PatchTarget target) {
    target
        .members(
            "/spec/nodeSelector",
            Objects.requireNonNullElse(pod.getSpec().getNodeSelector(), Map.of()))
        .set(PodLayout.NODE_LABEL, PodLayout.NODE_LABEL_VALUE);
    plan.settings()
        .device()
        .group()
        .ifPresent(group -> target.addSupplementalGroup(pod.getSpec().getSecurityContext(), group));
  }

  private static PatchOperation append(String list, int size, Object value) {
    return size == 0
        ? new PatchOperation.Add(list, List.of(value))
        : new PatchOperation.Add(list + "/-", value);
  }

  private static boolean hasFsGroup(Pod pod) {
    PodSecurityContext context = pod.getSpec().getSecurityContext();
    return context != null && context.getFsGroup() != null;
  }
}
