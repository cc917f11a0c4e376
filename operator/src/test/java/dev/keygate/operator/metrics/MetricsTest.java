package dev.keygate.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.contentOf;

import dev.keygate.azure.keyvault.KeyManagementClient;
import dev.keygate.failure.Reason;
import dev.keygate.operator.throttle.CallListener;
import dev.keygate.operator.throttle.VaultCall;
import dev.keygate.operator.throttle.VaultLimits;
import dev.keygate.operator.throttle.VaultOperation;
import dev.keygate.operator.throttle.VaultTurns;
import dev.keygate.operator.throttle.VirtualTime;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MetricsTest {

  private static final String REGISTRATION =
      "(?s).*(?:\\b(?:Gauge|Timer|Counter)\\.builder\\(|\\.(?:counter|timer|gauge)\\(\\s*\").*";

  private static final Set<OperatorMetric> PER_VAULT_OR_RUN =
      EnumSet.complementOf(
          EnumSet.of(OperatorMetric.LEADER, OperatorMetric.ADMISSION, OperatorMetric.ADMISSIONS));

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
  void whatIsRegisteredIsAsTheListHasIt() {
    VaultMetrics metrics = new VaultMetrics(registry);
    metrics.called(VaultOperation.GET, "OK", Duration.ZERO);
    metrics.turnTaken(VaultCall.REQUEST, Duration.ZERO);
    metrics.watch(
        new VaultTurns(nobody(), VaultLimits.DOCUMENTED, new VirtualTime(), CallListener.NONE));
    new ReconciliationCounter(registry, "ExportableKey").count("Ready");
    new RunQueue(new VirtualTime()).show(registry, List.of("ExportableKey"));

    for (OperatorMetric metric : PER_VAULT_OR_RUN) {
      assertThat(registry.find(metric.meterName()).meters())
          .as(metric.name())
          .isNotEmpty()
          .allSatisfy(meter -> assertIs(metric, meter.getId()));
    }
  }

  private static void assertIs(OperatorMetric metric, Meter.Id id) {
    assertThat(id.getType()).isEqualTo(metric.type());
    assertThat(id.getDescription()).isEqualTo(metric.help());
    assertThat(id.getTags().stream().map(Tag::getKey).toList()).hasSameElementsAs(metric.labels());
  }

  @ParameterizedTest
  @EnumSource
  void helpIsASentenceAndLabelsHaveAValueEach(OperatorMetric metric) {
    String[] oneTooMany = metric.labels().toArray(new String[metric.labels().size() + 1]);
    Arrays.fill(oneTooMany, "x");

    assertThat(metric.help()).endsWith(".");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> metric.counter(registry, oneTooMany))
        .withMessageContaining(metric.meterName());
  }

  /** Otherwise a metric could be missing in the list, and so in the reference. */
  @Test
  void noOtherClassNamesAMeter() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
      assertThat(files.filter(file -> file.toString().endsWith(".java")))
          .filteredOn(file -> contentOf(file.toFile()).matches(REGISTRATION))
          .map(file -> String.valueOf(file.getFileName()))
          .containsExactly("OperatorMetric.java");
    }
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
}
