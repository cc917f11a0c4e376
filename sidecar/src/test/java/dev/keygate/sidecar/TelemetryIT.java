package dev.keygate.sidecar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.keygate.sidecar.testing.TraceCollector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the shipped jar loads and sends, with and without a collector. */
class TelemetryIT {

  private static final Duration SOON = Duration.ofSeconds(40);

  @TempDir private static Path labFolder;
  private static Optional<TestLab> lab = Optional.empty();

  @TempDir private Path folder;
  private Map<String, String> settings = Map.of();

  @BeforeAll
  static void startLab() throws Exception {
    lab = Optional.of(TestLab.start(labFolder));
  }

  @AfterAll
  static void stopLab() {
    lab.ifPresent(TestLab::close);
  }

  @BeforeEach
  void settings() throws Exception {
    settings = SidecarProcess.settings();
    settings.putAll(lab.orElseThrow().environment("healthy"));
    settings.put("keygate.keys.session.identifier", TestLab.VAULT + "/keys/session");
    settings.put("JDK_JAVA_OPTIONS", "-Xlog:class+load:file=" + folder.resolve("classes"));
  }

  @Test
  void loadsNothingThatSendsSpansUnlessToldTo() throws Exception {
    try (SidecarProcess sidecar = start()) {
      await().atMost(SOON).until(sidecar::isStarted);
    }

    assertThat(loadedClasses())
        .contains("dev.keygate.sidecar.trace.NoSpans")
        .doesNotContain(
            "dev.keygate.sidecar.trace.Otlp", "dev.keygate.sidecar.trace.TracedExchange")
        .doesNotContain("io.opentelemetry");
  }

  @Test
  void sendsSpansToTheCollectorThatTheSettingNames() throws Exception {
    try (TraceCollector collector = TraceCollector.answering(200)) {
      settings.put("keygate.telemetry.endpoint", collector.url().toString());

      try (SidecarProcess _ = start()) {
        await()
            .atMost(SOON)
            .until(
                () -> collector.spans().stream().anyMatch(span -> span.name().equals("deliver")));
      }

      assertThat(loadedClasses()).contains("dev.keygate.sidecar.trace.OtlpSpans");
    }
  }

  @Test
  void endsWithOneSentenceWhereTheSettingHoldsCredentials() throws Exception {
    settings.put("keygate.telemetry.endpoint", "http://user:hunter2@127.0.0.1:4318");

    try (SidecarProcess sidecar = start()) {
      assertThat(sidecar.await()).isEqualTo(ExitCode.SETTINGS.status());
      assertThat(sidecar.log().lines().toList().getLast())
          .startsWith("SettingsInvalid: The setting keygate.telemetry.endpoint ");
      assertThat(sidecar.log()).doesNotContain("hunter2");
    }
  }

  private String loadedClasses() throws Exception {
    return Files.readString(folder.resolve("classes"));
  }

  private SidecarProcess start() throws Exception {
    return SidecarProcess.start(List.of(), settings, folder.resolve("log"));
  }
}
