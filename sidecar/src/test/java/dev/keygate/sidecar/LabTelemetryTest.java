package dev.keygate.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.azure.time.SystemTime;
import dev.keygate.endpoint.EndpointFormatException;
import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.sidecar.config.IdentitySettings;
import dev.keygate.sidecar.delivery.MemoryLease;
import dev.keygate.sidecar.logkey.LogKeys;
import dev.keygate.sidecar.release.KeyTarget;
import dev.keygate.sidecar.release.ReleaseFlow;
import dev.keygate.sidecar.release.ReleaseOutcome;
import dev.keygate.sidecar.testing.LogLines;
import dev.keygate.sidecar.testing.TraceCollector;
import dev.keygate.sidecar.testing.TraceCollector.Received;
import dev.keygate.sidecar.trace.NoSpans;
import dev.keygate.sidecar.trace.OtlpSpans;
import dev.keygate.sidecar.trace.Span;
import dev.keygate.sidecar.trace.Step;
import dev.keygate.sidecar.trace.StepSpans;
import java.lang.reflect.Field;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Releases whose steps are told to a collector. */
class LabTelemetryTest {

  @TempDir private static Path folder;
  private static Optional<TestLab> started = Optional.empty();
  private final MemoryLease lease = new MemoryLease();

  @BeforeAll
  static void start() throws Exception {
    started = Optional.of(TestLab.start(folder));
  }

  @AfterAll
  static void stop() {
    started.ifPresent(TestLab::close);
  }

  @AfterEach
  void forget() {
    lease.close();
  }

  @Test
  void tellsEveryStepUnderTheRoundThatItBelongsTo() throws Exception {
    List<Received> spans = spansOf("orders", "session");

    Received round = only(spans, Step.ROUND);
    assertThat(round.parent()).isEmpty();
    assertThat(spans).extracting(Received::trace).containsOnly(round.trace());
    assertThat(spans).extracting(Received::id).doesNotHaveDuplicates();
    assertThat(round.trace()).matches("[0-9a-f]{32}");
    assertThat(round.id()).matches("[0-9a-f]{16}");
    for (Step step :
        List.of(
            Step.IDENTITY_TOKEN,
            Step.COLLATERAL,
            Step.ATTEST,
            Step.ISSUER_KEYS,
            Step.RELEASE,
            Step.KEY)) {
      assertThat(of(spans, step))
          .as(step.title())
          .isNotEmpty()
          .allSatisfy(span -> assertThat(span.parent()).isEqualTo(round.id()));
    }
    for (Received key : of(spans, Step.KEY)) {
      assertThat(spans)
          .filteredOn(span -> span.parent().equals(key.id()))
          .extracting(Received::name)
          .containsExactly(Step.UNWRAP.title(), Step.DELIVER.title());
    }
  }

  @Test
  void saysOfKeysWhatTheLogSays() throws Exception {
    List<Received> keys = of(spansOf("orders", "elsewhere"), Step.KEY);

    assertThat(keys)
        .filteredOn(key -> "orders".equals(key.attributes().get(LogKeys.NAME)))
        .singleElement()
        .satisfies(
            key ->
                assertThat(key.attributes())
                    .containsEntry(LogKeys.OUTCOME, "released")
                    .hasEntrySatisfying(
                        LogKeys.KEY,
                        id -> assertThat(id).startsWith(TestLab.VAULT + "/keys/orders/")));
    assertThat(keys)
        .filteredOn(key -> "elsewhere".equals(key.attributes().get(LogKeys.NAME)))
        .singleElement()
        .satisfies(
            key ->
                assertThat(key.attributes())
                    .containsEntry(LogKeys.OUTCOME, "refused")
                    .containsEntry(LogKeys.REASON, "ReleaseDenied"));
  }

  @Test
  void usesKeysOfTheLogAlone() throws Exception {
    List<String> listed = Arrays.stream(LogKeys.class.getFields()).map(Named::of).toList();

    assertThat(spansOf("orders", "elsewhere"))
        .allSatisfy(span -> assertThat(listed).containsAll(span.attributes().keySet()));
  }

  @Test
  void releasesAndWarnsOnceWhereNobodyCollects() throws Exception {
    URI nobody = URI.create("http://127.0.0.1:" + SidecarProcess.freePort());
    try (LogLines log = LogLines.collect()) {
      assertThat(release(nobody, "orders").getFirst()).isInstanceOf(ReleaseOutcome.Released.class);
      assertThat(log.text().split("Spans could not be sent", -1)).hasSize(2);
    }
  }

  @Test
  void releasesAndWarnsOnceWhereTheCollectorRefuses() throws Exception {
    try (LogLines log = LogLines.collect();
        TraceCollector collector = TraceCollector.answering(503)) {
      assertThat(release(collector.url(), "orders").getFirst())
          .isInstanceOf(ReleaseOutcome.Released.class);
      assertThat(log.text().split("Spans could not be sent", -1)).hasSize(2);
    }
  }

  @Test
  void makesNothingWhereItIsOff() {
    Span first = NoSpans.OFF.begin(Step.ROUND);

    assertThat(NoSpans.OFF.begin(Step.KEY).with(LogKeys.NAME, "orders")).isSameAs(first);
  }

  private List<Received> spansOf(String... keys) throws Exception {
    try (TraceCollector collector = TraceCollector.answering(200)) {
      release(collector.url(), keys);
      return collector.spans();
    }
  }

  /** With a collector that has been sent everything when this returns. */
  private List<ReleaseOutcome> release(URI collector, String... keys) throws Exception {
    List<KeyTarget> targets = Arrays.stream(keys).map(LabTelemetryTest::target).toList();
    try (StepSpans spans = OtlpSpans.to(collector, new SystemTime(), new SecureRandom());
        ReleaseFlow flow =
            Assembly.of(started.orElseThrow().platform("healthy", TestLab.MAA))
                .tracing(spans)
                .flow(new IdentitySettings.Managed(Optional.empty()), lease)) {
      return flow.release(targets);
    }
  }

  private static KeyTarget target(String key) {
    try {
      return new KeyTarget(
          key, KeyIdentifier.parse(TestLab.VAULT + "/keys/" + key), Optional.empty());
    } catch (EndpointFormatException wrong) {
      throw new IllegalArgumentException(wrong);
    }
  }

  private static Received only(List<Received> spans, Step step) {
    List<Received> found = of(spans, step);
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  private static List<Received> of(List<Received> spans, Step step) {
    return spans.stream().filter(span -> span.name().equals(step.title())).toList();
  }

  private static final class Named {
    static String of(Field constant) {
      try {
        return (String) constant.get(null);
      } catch (IllegalAccessException hidden) {
        throw new IllegalStateException(hidden);
      }
    }
  }
}
