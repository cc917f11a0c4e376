package dev.keygate.operator.injection;

import dev.keygate.operator.injection.pod.ContainerKeys;
import dev.keygate.operator.injection.pod.Delivery;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What the annotations of a pod ask for. */
public sealed interface KeyRequest {

  /** Every name, each once, in the order in which the pod's containers ask for them. */
  Set<String> keyNames();

  /**
   * Well formed.
   *
   * @param containers those that get keys, in the order of the pod; not empty
   */
  record Asked(List<ContainerKeys> containers, Delivery delivery) implements KeyRequest {

    /** Copies the list. */
    public Asked {
      containers = List.copyOf(containers);
    }

    @Override
    public Set<String> keyNames() {
      Set<String> names = new LinkedHashSet<>();
      containers.forEach(container -> names.addAll(container.keys()));
      return names;
    }
  }

  /** Not to be understood, and why. */
  record Malformed(InjectionDecision.Refuse refusal) implements KeyRequest {
    @Override
    public Set<String> keyNames() {
      return Set.of();
    }
  }
}
