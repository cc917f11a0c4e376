package dev.keygate.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.api.v1alpha1.ExportableKey;
import dev.keygate.api.v1alpha1.ReleasePolicy;
import dev.keygate.operator.throttle.VirtualTime;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RunQueueTest {

  private static final String KEYS = "ExportableKey";

  private final VirtualTime time = new VirtualTime();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final RunQueue queue = new RunQueue(time);

  @BeforeEach
  void show() {
    queue.show(registry, List.of(KEYS, "ReleasePolicy"));
  }

  @Test
  void isEmptyWhereNothingIsDue() {
    assertThat(length(KEYS)).isZero();
    assertThat(longestWait(KEYS)).isZero();
  }

  @Test
  void showsTheOneThatWaitsLongest() {
    submit(named(new ExportableKey(), "first"));
    time.pass(Duration.ofMillis(1500));
    submit(named(new ExportableKey(), "second"));
    time.pass(Duration.ofSeconds(1));

    assertThat(length(KEYS)).isEqualTo(2);
    assertThat(longestWait(KEYS)).isEqualTo(2.5);
  }

  @Test
  void whoRunsWaitsNoMore() {
    HasMetadata first = named(new ExportableKey(), "first");
    submit(first);
    time.pass(Duration.ofSeconds(1));
    submit(named(new ExportableKey(), "second"));

    queue.reconciliationStarted(first, Map.of());

    assertThat(length(KEYS)).isEqualTo(1);
    assertThat(longestWait(KEYS)).isZero();
  }

  @Test
  void objectThatIsGoneBeforeItsRunWaitsNoMore() {
    HasMetadata key = named(new ExportableKey(), "key");
    submit(key);

    queue.reconciliationFinished(key, null, Map.of());

    assertThat(length(KEYS)).isZero();
  }

  @Test
  void countsEachKindByItself() {
    HasMetadata policy = named(new ReleasePolicy(), "same-name");
    submit(policy);
    submit(named(new ExportableKey(), "same-name"));

    queue.reconciliationStarted(policy, Map.of());

    assertThat(length("ReleasePolicy")).isZero();
    assertThat(length(KEYS)).isEqualTo(1);
  }

  private void submit(HasMetadata object) {
    queue.reconciliationSubmitted(object, null, Map.of());
  }

  private double length(String kind) {
    return registry.get("keygate.queue.length").tag("kind", kind).gauge().value();
  }

  private double longestWait(String kind) {
    return registry.get("keygate.queue.longest.wait.seconds").tag("kind", kind).gauge().value();
  }

  private static HasMetadata named(HasMetadata object, String name) {
    object.setMetadata(new ObjectMetaBuilder().withNamespace("shop").withName(name).build());
    return object;
  }
}
