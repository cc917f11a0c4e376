package dev.keygate.operator.leader;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the Lease back, so that another replica need not wait until it runs out. Only for who will
 * write nothing any more.
 */
public final class LeaseReturn {

  private static final Logger LOG = LoggerFactory.getLogger(LeaseReturn.class);

  /** What other electors read as given back, for which a Lease cannot last 0 seconds. */
  private static final String NOBODY = "";

  private static final int SHORTEST_SECONDS = 1;

  private LeaseReturn() {}

  /** Gives it back if it is this replica's. A Lease that cannot be written runs out by itself. */
  public static void by(Replica replica, KubernetesClient client) {
    try {
      freed(
              client.leases().inNamespace(replica.namespace()).withName(Leadership.LEASE).get(),
              replica)
          .ifPresent(
              lease -> {
                client.resource(lease).lockResourceVersion().update();
                LOG.atInfo().addKeyValue("identity", replica.identity()).log("Gave the Lease back");
              });
    } catch (KubernetesClientException e) {
      LOG.atInfo()
          .addKeyValue("identity", replica.identity())
          .addKeyValue("cause", e.getMessage())
          .log("The Lease cannot be given back and runs out by itself");
    }
  }

  /**
   * The Lease as nobody's; empty unless it is this replica's. It keeps the resource version, so
   * that it cannot be taken from whoever got it in between.
   */
  static Optional<Lease> freed(@Nullable Lease lease, Replica replica) {
    if (lease == null
        || lease.getSpec() == null
        || !replica.identity().equals(lease.getSpec().getHolderIdentity())) {
      return Optional.empty();
    }
    return Optional.of(
        new LeaseBuilder(lease)
            .editSpec()
            .withHolderIdentity(NOBODY)
            .withLeaseDurationSeconds(SHORTEST_SECONDS)
            .endSpec()
            .build());
  }
}
