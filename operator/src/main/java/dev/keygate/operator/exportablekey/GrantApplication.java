package dev.keygate.operator.exportablekey;

import dev.keygate.api.v1alpha1.ExportableKey;
import dev.keygate.api.v1alpha1.ExportableKeyStatus;
import dev.keygate.contract.Grant;
import dev.keygate.endpoint.EndpointFormatException;
import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.operator.desired.DesiredGrant;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Brings the grant of a settled key to where its sidecars read it. */
final class GrantApplication {

  /** About as often as a kubelet renews a mounted ConfigMap. */
  private static final Duration REFRESH_INTERVAL = Duration.ofMinutes(1);

  /** Of the overlap: whoever is throttled when its turn comes has three times as long again. */
  private static final int SHARE_FOR_FETCHING = 4;

  private GrantApplication() {}

  /**
   * Applies the grant, unless that would change nothing.
   *
   * @param inPlace what {@link #inPlace} has found
   */
  static void apply(
      ExportableKey key, KeyOutcome.Settled settled, KeyCluster cluster, Optional<Grant> inPlace) {
    Grant grant = grant(key, settled);
    if (inPlace.filter(grant::equals).isPresent()) {
      return;
    }
    ConfigMap desired = DesiredGrant.of(key, grant);
    boolean isThere =
        cluster.grant().filter(actual -> DesiredGrant.isIn(actual, desired)).isPresent();
    if (!isThere) {
      cluster.applyGrant(desired);
    }
  }

  /**
   * The grant that an earlier run applied, going by the status that it wrote; empty if it is not
   * there, or is another one.
   */
  static Optional<Grant> inPlace(ExportableKey key, PolicyReference policy, KeyCluster cluster) {
    ExportableKeyStatus status = key.getStatus();
    if (status == null
        || status.keyId() == null
        || !(policy instanceof PolicyReference.Found found)) {
      return Optional.empty();
    }
    try {
      Grant grant =
          new Grant(
              KeyIdentifier.parse(status.keyId()),
              new KeyVersions(status.versions(), Optional.empty(), List.of()).granted(),
              found.document(),
              REFRESH_INTERVAL,
              fetchWithin(key));
      ConfigMap desired = DesiredGrant.of(key, grant);
      return cluster.grant().filter(actual -> DesiredGrant.isIn(actual, desired)).map(_ -> grant);
    } catch (EndpointFormatException | IllegalArgumentException e) {
      // Somebody else wrote the status; the run will write it anew.
      return Optional.empty();
    }
  }

  private static Grant grant(ExportableKey key, KeyOutcome.Settled settled) {
    return new Grant(
        settled.key().id().base(),
        settled.versions().granted(),
        settled.policy(),
        REFRESH_INTERVAL,
        fetchWithin(key));
  }

  private static Duration fetchWithin(ExportableKey key) {
    int overlapSeconds = key.getSpec().rotation().overlapSeconds();
    return Duration.ofSeconds(
        Math.min(overlapSeconds / SHARE_FOR_FETCHING, Grant.MAX_REFRESH_INTERVAL_SECONDS));
  }
}
