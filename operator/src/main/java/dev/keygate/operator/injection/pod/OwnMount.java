package dev.keygate.operator.injection.pod;

import dev.keygate.contract.PodLayout;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;

/** The mount by which a container sees its own directory of the shared volume and nothing else. */
public final class OwnMount {

  private OwnMount() {}

  /** The mount of the container of this name. */
  public static VolumeMount of(String container) {
    return new VolumeMountBuilder()
        .withName(PodLayout.CONTAINERS_VOLUME)
        .withMountPath(PodLayout.OWN)
        .withSubPath(container)
        .withReadOnly(true)
        .build();
  }
}
