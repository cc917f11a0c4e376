package dev.keygate.operator.reference;

import dev.keygate.operator.metrics.OperatorMetric;
import java.util.Arrays;
import java.util.List;

/** The operator's own metrics, and what to be woken by. */
final class MetricsPage {

  private MetricsPage() {}

  static String write() {
    return new Page("Metrics of the operator")
        .text(
            "In the format of Prometheus, at `:8081/metrics`. Labels come from closed lists: no"
                + " name of a key, vault, namespace or tenant is ever one. Quarkus adds the metrics"
                + " of the JVM, of HTTP and of its processes.")
        .table(
            List.of("metric", "type", "labels", "meaning"),
            Arrays.stream(OperatorMetric.values()).map(MetricsPage::row).toList())
        .text(
            "`call` is `create` for what makes keys and versions, `request` for everything else,"
                + " `resync` for runs that only compare. A `reason` or `result` that is not `OK` is"
                + " in the [runbook](../runbook.md). A summary has the suffixes `_count`, `_sum`"
                + " and `_max`, and quantiles 0.5 and 0.99 of the last minutes.")
        .heading("What to alert on")
        .list(
            List.of(
                "`sum(keygate_leader) != 1` for a minute: no replica keeps keys, or one cannot be"
                    + " reached.",
                "`keygate_queue_longest_wait_seconds > 60`: the operator has too little of a"
                    + " processor, or the API server or a vault answers slowly.",
                "`keygate_vault_queue_longest_wait_seconds{call=\"create\"} > 600`: more keys are"
                    + " wanted of a vault than it makes, or others use up its limit.",
                "`rate(keygate_vault_calls_total{result=\"VaultThrottled\"}[10m]) > 0.1`: somebody"
                    + " else calls the same vault too often; lower `vault.createsPerTenSeconds` or"
                    + " move keys to another vault.",
                "`rate(keygate_vault_calls_total{result=\"NotAuthorized\"}[10m]) > 0`: a role is"
                    + " missing."))
        .write();
  }

  private static List<String> row(OperatorMetric metric) {
    String name = metric.meterName().replace('.', '_');
    String labels = Page.code(metric.labels().toArray(String[]::new));
    return switch (metric.type()) {
      case COUNTER -> List.of(Page.code(name + "_total"), "counter", labels, metric.help());
      case TIMER -> List.of(Page.code(name + "_seconds"), "summary", labels, metric.help());
      case GAUGE -> List.of(Page.code(name), "gauge", labels, metric.help());
      case LONG_TASK_TIMER, DISTRIBUTION_SUMMARY, OTHER ->
          throw new IllegalStateException(metric + " is of a type that has no row");
    };
  }
}
