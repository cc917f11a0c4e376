package dev.keygate.operator.leader;

import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this process leads.
 *
 * <pre>
 *   STANDBY --the Lease is ours--> LEADING --it is another's--> the process ends at once
 *      \------------ told to stop ----------\--> STOPPING: {@link LeaseReturn}
 * </pre>
 *
 * <p>The framework would end the process by {@code System.exit}, which waits forever where the
 * process is being ended already. Safe for use by several threads.
 */
public final class Leadership {

  /** The Lease, and the name by which the Role lets it be written. */
  public static final String LEASE = "keygate-operator";

  /** Of a process that led and ended at once because another may lead. */
  public static final int EXIT_CODE = 4;

  /** After how long without a renewal another replica may lead: clocks may differ by a third. */
  static final Duration LEASE_DURATION = Duration.ofSeconds(15);

  /** After how long without a renewal the leader gives up by itself. */
  static final Duration RENEW_DEADLINE = Duration.ofSeconds(10);

  static final Duration RETRY_PERIOD = Duration.ofSeconds(2);

  private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);

  private enum State {
    STANDBY,
    LEADING,
    STOPPING
  }

  private final AtomicReference<State> state = new AtomicReference<>(State.STANDBY);
  private final Replica replica;
  private final Runnable ending;

  /**
   * @param ending ends the process without waiting for anything: whatever it does from then on,
   *     another one may be doing as well
   */
  public Leadership(Replica replica, Runnable ending) {
    this.replica = replica;
    this.ending = ending;
  }

  /** For the framework, which starts no run before this process leads. */
  public LeaderElectionConfiguration configuration() {
    return LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(LEASE)
        .withLeaseNamespace(replica.namespace())
        .withIdentity(replica.identity())
        .withLeaseDuration(LEASE_DURATION)
        .withRenewDeadline(RENEW_DEADLINE)
        .withRetryPeriod(RETRY_PERIOD)
        .withLeaderCallbacks(new LeaderCallbacks(this::started, this::ended, this::saw))
        // By its name meant for others, but the only way that is kept not to have System.exit.
        .buildForTest(false);
  }

  /** Whether this process keeps keys. */
  public boolean isLeading() {
    return state.get() == State.LEADING;
  }

  /** Tells that this process ends by itself: that it no longer leads is no loss then. */
  public void stopping() {
    state.set(State.STOPPING);
  }

  private void started() {
    if (state.compareAndSet(State.STANDBY, State.LEADING)) {
      LOG.atInfo().addKeyValue("identity", replica.identity()).log("Leading");
    }
  }

  private void ended() {
    if (state.get() == State.LEADING) {
      LOG.atError()
          .addKeyValue("identity", replica.identity())
          .log("The Lease could not be renewed in time, so another replica may lead: ending");
      ending.run();
    }
  }

  private void saw(String leader) {
    if (!replica.identity().equals(leader)) {
      LOG.atInfo().addKeyValue("leader", String.valueOf(leader)).log("Another replica leads");
    }
  }
}
