package dev.keygate.operator.injection;

import dev.keygate.contract.PodLayout;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Rules on the pod as a whole: what would take down a wall between the sidecar and others. */
final class PodShape {

  private static final String OS_LABEL = "kubernetes.io/os";

  private PodShape() {}

  static Optional<InjectionDecision.Refuse> isForLinux(InjectionObservation observation) {
    PodSpec spec = observation.pod().getSpec();
    boolean isWindows =
        (spec.getOs() != null && "windows".equals(spec.getOs().getName()))
            || "windows".equals(selectorOf(spec).get(OS_LABEL));
    return isWindows
        ? InjectionCheck.refuse(
            InjectionRefusal.WindowsPod,
            "the pod is for Windows, where there is no vTPM for it: use a Linux node, or remove the"
                + " label")
        : Optional.empty();
  }

  static Optional<InjectionDecision.Refuse> usesNoHostNamespace(InjectionObservation observation) {
    String used = hostNamespace(observation.pod().getSpec());
    return used.isEmpty()
        ? Optional.empty()
        : InjectionCheck.refuse(
            InjectionRefusal.HostNamespaceUsed,
            "the pod has "
                + used
                + ": true, with which others on the node could reach its sidecar: remove it");
  }

  static Optional<InjectionDecision.Refuse> keepsProcessesApart(InjectionObservation observation) {
    return isTrue(observation.pod().getSpec().getShareProcessNamespace())
        ? InjectionCheck.refuse(
            InjectionRefusal.ProcessNamespaceShared,
            "the pod has shareProcessNamespace: true, with which its containers could read each"
                + " other's keys under /proc: remove it")
        : Optional.empty();
  }

  /** In a user namespace, the device's group is nobody's, and the device cannot be opened. */
  static Optional<InjectionDecision.Refuse> usesTheHostsUsers(InjectionObservation observation) {
    return Boolean.FALSE.equals(observation.pod().getSpec().getHostUsers())
        ? InjectionCheck.refuse(
            InjectionRefusal.UserNamespaceUsed,
            "the pod has hostUsers: false, and the group that may open the vTPM does not exist in a"
                + " user namespace of its own: remove it")
        : Optional.empty();
  }

  static Optional<InjectionDecision.Refuse> selectsNoOtherNodes(InjectionObservation observation) {
    String wanted = selectorOf(observation.pod().getSpec()).get(PodLayout.NODE_LABEL);
    return wanted == null || wanted.equals(PodLayout.NODE_LABEL_VALUE)
        ? Optional.empty()
        : InjectionCheck.refuse(
            InjectionRefusal.NodeSelectorContradicts,
            "the pod's nodeSelector wants "
                + PodLayout.NODE_LABEL
                + "="
                + Quoted.of(wanted)
                + ", and keys are released on nodes with "
                + PodLayout.NODE_LABEL_VALUE
                + " only: remove that entry");
  }

  private static String hostNamespace(PodSpec spec) {
    if (isTrue(spec.getHostNetwork())) {
      return "hostNetwork";
    }
    if (isTrue(spec.getHostPID())) {
      return "hostPID";
    }
    return isTrue(spec.getHostIPC()) ? "hostIPC" : "";
  }

  private static Map<String, String> selectorOf(PodSpec spec) {
    return Objects.requireNonNullElse(spec.getNodeSelector(), Map.of());
  }

  private static boolean isTrue(Boolean value) {
    return Boolean.TRUE.equals(value);
  }
}
