package dev.keygate.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.azure.keyvault.KeyManagementClient;
import dev.keygate.failure.Reason;
import dev.keygate.operator.throttle.CallListener;
import dev.keygate.operator.throttle.VaultCall;
import dev.keygate.operator.throttle.VaultLimits;
import dev.keygate.operator.throttle.VaultOperation;
import dev.keygate.operator.throttle.VaultTurns;
import dev.keygate.time.TimeSource;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MetricsTest {

  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `(keygate_[a-z_]+)` \\| ([a-z, ]*)\\|");

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @Test
  void countsCallsByResultAndNamesNobody() {
    VaultMetrics metrics = new VaultMetrics(registry);

    metrics.called(VaultOperation.PATCH_POLICY, "OK", Duration.ofMillis(20));
    metrics.called(VaultOperation.PATCH_POLICY, Reason.VaultThrottled.name(), Duration.ZERO);
    metrics.turnTaken(VaultCall.CREATE, Duration.ofSeconds(30));

    assertThat(
            registry
                .counter("keygate.vault.calls", "operation", "patch_policy", "result", "OK")
                .count())
        .isEqualTo(1);
    assertThat(registry.timer("keygate.vault.call", "operation", "patch_policy").count())
        .isEqualTo(2);
    assertThat(registry.timer("keygate.vault.turn.wait", "call", "create").max(TimeUnit.SECONDS))
        .isEqualTo(30);
  }

  @Test
  void documentHasEveryMetricOfThisPackageWithItsLabels() throws IOException {
    VaultMetrics metrics = new VaultMetrics(registry);
    metrics.called(VaultOperation.GET, "OK", Duration.ZERO);
    metrics.turnTaken(VaultCall.REQUEST, Duration.ZERO);
    metrics.watch(
        new VaultTurns(nobody(), VaultLimits.DOCUMENTED, new NoTime(), CallListener.NONE));
    new ReconciliationCounter(registry, "ExportableKey").count("Ready");

    Set<String> registered =
        registry.getMeters().stream()
            .map(MetricsTest::row)
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(documented()).containsAll(registered);
    assertThat(registered).hasSize(6);
  }

  /** As Prometheus' format spells it. */
  private static String row(Meter meter) {
    Meter.Id id = meter.getId();
    String unit =
        switch (id.getType()) {
          case COUNTER -> "_total";
          case TIMER -> "_seconds";
          case GAUGE -> "";
          case LONG_TASK_TIMER, DISTRIBUTION_SUMMARY, OTHER ->
              throw new IllegalArgumentException(id + " is of a type that has no row");
        };
    return id.getName().replace('.', '_')
        + unit
        + " "
        + id.getTags().stream().map(Tag::getKey).sorted().collect(Collectors.joining(", "));
  }

  private static Set<String> documented() throws IOException {
    return ROW.matcher(Files.readString(Path.of("..", "docs", "metrics.md")))
        .results()
        .map(MetricsTest::row)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String row(MatchResult row) {
    return row.group(1) + " " + row.group(2).strip();
  }

  private static KeyManagementClient nobody() {
    return (KeyManagementClient)
        Proxy.newProxyInstance(
            MetricsTest.class.getClassLoader(),
            new Class<?>[] {KeyManagementClient.class},
            (proxy, method, arguments) -> {
              throw new UnsupportedOperationException("nobody is called");
            });
  }

  private static final class NoTime implements TimeSource {
    @Override
    public Instant now() {
      return Instant.EPOCH;
    }

    @Override
    public long nanoTime() {
      return 0;
    }

    @Override
    public void sleep(Duration duration) {
      throw new UnsupportedOperationException("nobody waits");
    }
  }
}
