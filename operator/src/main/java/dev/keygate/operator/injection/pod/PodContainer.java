package dev.keygate.operator.injection.pod;

import dev.keygate.contract.PodLayout;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A container of a pod and where it stands. Admission sees pods before they are validated: a
 * container may have no name, or another one's.
 *
 * @param name empty if it has none
 * @param list which of the pod's two lists
 * @param index in that list
 */
public record PodContainer(String name, ContainerList list, int index, Container container) {

  /** The lists of containers in a pod's spec. */
  public enum ContainerList {
    /** Run one after the other; native sidecars are among them. */
    INIT("/spec/initContainers"),
    /** Run together. */
    MAIN("/spec/containers");

    private final String pointer;

    ContainerList(String pointer) {
      this.pointer = pointer;
    }

    String pointer() {
      return pointer;
    }
  }

  /** All of the pod's containers in the order in which they start. */
  public static List<PodContainer> of(Pod pod) {
    List<PodContainer> found = new ArrayList<>();
    collect(pod.getSpec().getInitContainers(), ContainerList.INIT, found);
    collect(pod.getSpec().getContainers(), ContainerList.MAIN, found);
    return found;
  }

  /** All but those that are named like the sidecar. */
  public static List<PodContainer> othersOf(Pod pod) {
    return of(pod).stream().filter(container -> !container.isNamedLikeSidecar()).toList();
  }

  /** Whether it has the name that is the sidecar's. */
  public boolean isNamedLikeSidecar() {
    return name.equals(PodLayout.SIDECAR);
  }

  /** The JSON pointer to it. */
  String pointer() {
    return list.pointer() + "/" + index;
  }

  private static void collect(
      List<Container> containers, ContainerList list, List<PodContainer> into) {
    for (int i = 0; i < containers.size(); i++) {
      Container container = containers.get(i);
      into.add(
          new PodContainer(
              Objects.requireNonNullElse(container.getName(), ""), list, i, container));
    }
  }
}
