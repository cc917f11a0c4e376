package dev.keygate.operator.injection.admission;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Objects;

/**
 * The creation of a pod that the API server asks about.
 *
 * @param uid returned in the answer
 * @param namespace where the pod is to be
 * @param pod with metadata and spec
 */
record ReviewRequest(String uid, String namespace, Pod pod) {

  /** The pod's name, or what a controller lets it begin with. */
  String podName() {
    ObjectMeta metadata = pod.getMetadata();
    return Objects.requireNonNullElse(
        metadata.getName(), Objects.requireNonNullElse(metadata.getGenerateName(), ""));
  }
}
