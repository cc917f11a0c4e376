package dev.keygate.operator.leader;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LeadershipTest {

  private final AtomicInteger endings = new AtomicInteger();
  private final Leadership leadership =
      new Leadership(new Replica("keygate-system", "one"), endings::incrementAndGet);
  private final LeaderElectionConfiguration configuration = leadership.configuration();
  private final LeaderCallbacks framework = configuration.getLeaderCallbacks().orElseThrow();

  @Test
  void standsByUntilTheLeaseIsItsOwn() {
    framework.onNewLeader("two");
    assertThat(leadership.isLeading()).isFalse();

    framework.onStartLeading();

    assertThat(leadership.isLeading()).isTrue();
  }

  @Test
  void endsTheProcessWhenTheLeaseIsLost() {
    framework.onStartLeading();

    framework.onStopLeading();

    assertThat(endings).hasValue(1);
  }

  @Test
  void doesNotEndAProcessThatEndsAnyway() {
    framework.onStartLeading();
    leadership.stopping();

    framework.onStopLeading();

    assertThat(endings).hasValue(0);
    assertThat(leadership.isLeading()).isFalse();
  }

  @Test
  void whoNeverLedLosesNothing() {
    framework.onStopLeading();

    assertThat(endings).hasValue(0);
  }

  @Test
  void doesNotLetTheFrameworkEndTheProcess() {
    assertThat(configuration.isExitOnStopLeading()).isFalse();
  }

  @Test
  void givesUpBeforeAnybodyElseMayLead() {
    assertThat(Leadership.RENEW_DEADLINE.plus(Leadership.RETRY_PERIOD))
        .isLessThan(Leadership.LEASE_DURATION);
  }
}
