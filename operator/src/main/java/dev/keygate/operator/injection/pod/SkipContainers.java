package dev.keygate.operator.injection.pod;

import dev.keygate.contract.PodLayout;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The list of containers that azure-workload-identity's webhook leaves alone. */
final class SkipContainers {

  private SkipContainers() {}

  /**
   * The same list with the sidecar in it; unchanged if it is there.
   *
   * @param list null if the pod has none
   */
  static String withSidecar(@Nullable String list) {
    if (list == null || list.isBlank()) {
      return PodLayout.SIDECAR;
    }
    boolean isThere =
        Arrays.stream(list.split(WorkloadIdentityNames.SEPARATOR, -1))
            .anyMatch(name -> name.strip().equals(PodLayout.SIDECAR));
    return isThere ? list : list + WorkloadIdentityNames.SEPARATOR + PodLayout.SIDECAR;
  }
}
