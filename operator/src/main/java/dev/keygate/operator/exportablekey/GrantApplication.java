package dev.keygate.operator.exportablekey;

import dev.keygate.api.v1alpha1.ExportableKey;
import dev.keygate.contract.Grant;
import dev.keygate.operator.desired.DesiredGrant;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.time.Duration;

/** Brings the grant of a settled key to where its sidecars read it. */
final class GrantApplication {

  /** About as often as a kubelet renews a mounted ConfigMap. */
  private static final Duration REFRESH_INTERVAL = Duration.ofMinutes(1);

  private GrantApplication() {}

  /** Applies the grant, unless that would change nothing. */
  static void apply(ExportableKey key, KeyOutcome.Settled settled, KeyCluster cluster) {
    ConfigMap desired = DesiredGrant.of(key, grant(settled));
    boolean isThere =
        cluster.grant().filter(actual -> DesiredGrant.isIn(actual, desired)).isPresent();
    if (!isThere) {
      cluster.applyGrant(desired);
    }
  }

  private static Grant grant(KeyOutcome.Settled settled) {
    return new Grant(
        settled.key().id().base(),
        settled.versions().granted(),
        settled.policy(),
        REFRESH_INTERVAL);
  }
}
