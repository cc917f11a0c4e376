package dev.keygate.sidecar.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.sidecar.delivery.MemoryLease;
import dev.keygate.sidecar.meter.CallMeter;
import dev.keygate.sidecar.meter.UpstreamMeter;
import dev.keygate.sidecar.reference.ReferencePage;
import dev.keygate.sidecar.release.OutcomeBoard;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/reference/sidecar-metrics.md lists what /metrics says. */
class MetricsReferenceTest {

  private static final String HEAD =
      """
      # Metrics and probes of the sidecar

      Generated from what `/metrics` says; a test compares the two. They are on the management port (9250), in the text format of
      Prometheus. No label names a key, a vault or a tenant. The virtual machine's own metrics are not offered.

      | metric | type | labels | meaning |
      |---|---|---|---|
      """;

  private static final String PROBES =
      """

      | path | answers 200 |
      |---|---|
      | `/health/started` | once every key that the settings name is served; the app's containers start then |
      | `/health/ready` | while every key that the settings name is served |
      | `/health/live` | as long as the process answers at all; a release loop that ends by a defect ends the process |

      Each answers with JSON that also says whether a lab is believed (`"lab":true`).
      """;

  private static final Pattern HELP =
      Pattern.compile("# HELP (\\w+) ([^\\n]+)\\n# TYPE \\w+ (\\w+)\\n");

  private static final Map<String, String> LABELS =
      Map.of(
          "keygate_releases_total", "`outcome`, `reason`",
          "keygate_upstream_calls_total", "`upstream`, `outcome`",
          "keygate_upstream_seconds", "`upstream`",
          "keygate_api_calls_total", "`route`, `status`");

  @Test
  void isGenerated() throws Exception {
    StringBuilder text = new StringBuilder(HEAD);
    try (MemoryLease lease = new MemoryLease()) {
      HealthPages pages =
          new HealthPages(
              new KeyStates(List.of(), lease, new OutcomeBoard()),
              LabMode.OFF,
              new Meters(new UpstreamMeter(), new CallMeter()));
      Matcher help = HELP.matcher(pages.metrics());
      int found = 0;
      while (help.find()) {
        found++;
        text.append(
            "| `%s` | %s | %s | %s |%n"
                .formatted(
                    help.group(1),
                    help.group(3),
                    LABELS.getOrDefault(help.group(1), ""),
                    help.group(2)));
      }
      assertThat(found).isGreaterThan(LABELS.size());
    }

    new ReferencePage("sidecar-metrics.md").isGenerated(text + PROBES);
  }
}
