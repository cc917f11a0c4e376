package dev.keygate.operator.injection.pod;

import dev.keygate.contract.GrantConfigMap;
import dev.keygate.contract.PodLayout;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import io.fabric8.kubernetes.api.model.VolumeProjectionBuilder;
import java.util.List;
import java.util.Set;

/**
 * The volumes of an injected pod. Every field that the API server would fill in is written out, so
 * that a pod that comes back equals what was asked for.
 */
public final class InjectedVolumes {

  /** The names of all of them. */
  public static final Set<String> NAMES =
      Set.of(
          PodLayout.GRANTS_VOLUME,
          PodLayout.ENTRA_VOLUME,
          PodLayout.NO_ACCOUNT_VOLUME,
          PodLayout.CONTAINERS_VOLUME);

  private static final int READ_ONLY = 0444;
  private static final long TOKEN_SECONDS = 3600;
  private static final String MEMORY = "Memory";
  private static final String CONTAINERS_LIMIT = "16Mi";
  private static final String NOTHING_LIMIT = "4Ki";

  private InjectedVolumes() {}

  static List<Volume> of(InjectionPlan plan) {
    return List.of(
        grants(plan),
        entra(),
        memory(PodLayout.NO_ACCOUNT_VOLUME, NOTHING_LIMIT),
        memory(PodLayout.CONTAINERS_VOLUME, CONTAINERS_LIMIT));
  }

  /** Not optional: the kubelet holds the pod until every grant is there. */
  private static Volume grants(InjectionPlan plan) {
    return new VolumeBuilder()
        .withName(PodLayout.GRANTS_VOLUME)
        .withNewProjected()
        .withDefaultMode(READ_ONLY)
        .withSources(plan.keys().stream().map(key -> grant(key.name())).toList())
        .endProjected()
        .build();
  }

  private static VolumeProjection grant(String key) {
    return new VolumeProjectionBuilder()
        .withNewConfigMap()
        .withName(GrantConfigMap.nameFor(key))
        .addNewItem()
        .withKey(GrantConfigMap.FILE)
        .withPath(key + "/" + GrantConfigMap.FILE)
        .endItem()
        .endConfigMap()
        .build();
  }

  private static Volume entra() {
    return new VolumeBuilder()
        .withName(PodLayout.ENTRA_VOLUME)
        .withNewProjected()
        .withDefaultMode(READ_ONLY)
        .addNewSource()
        .withNewServiceAccountToken()
        .withAudience(PodLayout.ENTRA_AUDIENCE)
        .withExpirationSeconds(TOKEN_SECONDS)
        .withPath(PodLayout.TOKEN_FILE)
        .endServiceAccountToken()
        .endSource()
        .endProjected()
        .build();
  }

  private static Volume memory(String name, String limit) {
    return new VolumeBuilder()
        .withName(name)
        .withNewEmptyDir()
        .withMedium(MEMORY)
        .withSizeLimit(new Quantity(limit))
        .endEmptyDir()
        .build();
  }
}
